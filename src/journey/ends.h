#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/semver.h"
#include "state/knowledge.h"

namespace journey {

struct Ends {
  base::Version from, to;
};

// What was asked, as text. `to`: a version, a line for its newest patch ("1.34"), or empty for the newest that is known.
struct Asked {
  std::string from, to;
  bool installed = false;          // `from` is what the cluster has, and not what a person typed
  std::vector<std::string> index;  // versions that the repository has
};

// Where the way begins and ends, or a sentence that says why there is none.
std::variant<Ends, std::string> ends(Asked const&, state::Knowledge const&);

}  // namespace journey
