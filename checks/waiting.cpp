#include "checks/waiting.h"

#include <algorithm>
#include <array>

namespace checks {
namespace {

constexpr std::array<std::string_view, 5> passing = {"no-operation", "terminating", "workloads-ready", "database-connections", "database-quiet"};

}  // namespace

bool may_pass_by_itself(std::string_view name) { return std::find(passing.begin(), passing.end(), name) != passing.end(); }

Awaited awaited(report::Report const& report) {
  Awaited found;
  for (auto const& line : report.lines) {
    bool const counts = !line.outcome.findings.empty() && !line.ignored;
    if (counts && may_pass_by_itself(line.name)) found.lines.push_back(line);
    else if (line.result == report::Result::error) found.stands.push_back(line.code);
  }
  return found;
}

}  // namespace checks
