#include "checks/check.h"

#include <algorithm>

namespace checks {

// Ascending by code. A check that is given up leaves its code here as a comment, so that it is never used again.
extern Check const helm_version;     // HC101
extern Check const no_operation;     // HC202
extern Check const database_reachable;            // HC501
extern Check const database_version;              // HC502
extern Check const database_rights;               // HC503
extern Check const database_password_whitespace;  // HC504
extern Check const database_contrib;              // HC505

std::vector<Check const*> const& all() {
  static std::vector<Check const*> const list = {
      &helm_version,
      &no_operation,
      &database_reachable,
      &database_version,
      &database_rights,
      &database_password_whitespace,
      &database_contrib,
  };
  return list;
}

Check const* find(std::string_view code_or_name) {
  auto const found = std::find_if(all().begin(), all().end(), [&](Check const* check) {
    return check->code == code_or_name || check->name == code_or_name;
  });
  return found == all().end() ? nullptr : *found;
}

namespace {

report::Line judge_one(Check const& check, state::State const& state, bool ignored) {
  using report::Result;
  report::Line line{.code = std::string(check.code),
                    .name = std::string(check.name),
                    .category = std::string(report::category_of(check.code)),
                    .summary = std::string(check.summary),
                    .severity = check.severity,
                    .outcome = check.run(state)};
  if (!line.outcome.findings.empty()) {
    line.ignored = ignored && check.may_be_ignored && check.severity == Severity::error;
    line.result = check.severity == Severity::error && !line.ignored ? Result::error : Result::warning;
  } else if (!line.outcome.unverified.empty()) {
    line.result = Result::not_verified;
  } else if (check.detail) {
    line.detail = check.detail(state);
  }
  return line;
}

}  // namespace

report::Report judge(state::State const& state, std::vector<std::string> const& ignored) {
  report::Report report;
  for (auto const* check : all()) {
    auto const names = [&](std::string const& word) { return word == check->code || word == check->name; };
    report.lines.push_back(judge_one(*check, state, std::any_of(ignored.begin(), ignored.end(), names)));
  }
  return report;
}

}  // namespace checks
