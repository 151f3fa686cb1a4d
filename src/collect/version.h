#pragma once

#include <string>
#include <variant>
#include <vector>

namespace collect {

struct Choice {
  std::string version;  // as the index has it
  std::string told;     // "1.21.7, the newest patch of 1.21"
};

struct NoSuchVersion {
  std::string why;  // "there is no version 1.21.9; the nearest are 1.21.7 and 1.22.0"
};

// The version to install. `versions`: newest first. `asked`: "" is the latest release, "1.21" the newest patch of that
// line, "1.21.4" that one. Pre-releases only when written out, or as the latest with `devel`. Anything else is a range
// that Helm resolves.
std::variant<NoSuchVersion, Choice> choose_version(std::vector<std::string> const& versions, std::string const& asked,
                                                   bool devel = false);

}  // namespace collect
