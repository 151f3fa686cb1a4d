#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/json.h"
#include "state/knowledge.h"
#include "state/request.h"
#include "state/seen.h"

namespace cli {

// What a person gave a release, from Helm's record of it. It may hold secrets.
struct OwnValues {
  std::string name;     // "the values of release coder (revision 3)"
  std::string version;  // of the release's chart
  base::Json values;    // an object, without `pins`
  base::Json defaults;  // of that chart
  std::vector<std::string> pins;  // keys that only named Coder's own images
  state::Seen<std::set<std::string>> services = state::Unknown{"they were not looked at", ""};
};

// Throws std::runtime_error with a sentence where they can't be told. `revision` 0: the one that an upgrade starts from.
// `services`: look at those of the namespace, too.
OwnValues own_values(state::Request const&, int revision, state::Knowledge const&, bool services);

}  // namespace cli
