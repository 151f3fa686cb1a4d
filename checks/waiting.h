#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"

namespace checks {

// Whether what a check finds may be gone by itself after a while: pods come up, another Helm ends, a long transaction too.
// Whatever needs somebody to do something is not among these.
bool may_pass_by_itself(std::string_view name);

// The checks that are worth waiting for. `stands`: errors that do not pass by themselves; with these, waiting changes nothing.
struct Awaited {
  std::vector<report::Line> lines;
  std::vector<std::string> stands;  // their codes
};
Awaited awaited(report::Report const&);

}  // namespace checks
