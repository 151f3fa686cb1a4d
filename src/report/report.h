#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "report/finding.h"
#include "state/state.h"

namespace report {

enum class Result { passed, warning, error, not_verified };

// One check and what came of it.
struct Line {
  std::string code, name, category, summary;
  Severity severity = Severity::error;
  Result result = Result::passed;
  bool ignored = false;  // an error that --ignore turned into a warning
  std::string detail = {};  // what a passing check saw, for the right-hand column; may be empty
  Outcome outcome = {};
  bool of_others = false;  // a check of somebody's own, which `explain` does not know
};

struct Report {
  std::vector<Line> lines;  // ascending by code
};

struct Tally {
  std::size_t errors = 0, warnings = 0, unverified = 0, passed = 0;  // of lines
};
Tally tally(Report const&);

// Exit codes of the whole program; docs/exit-codes.md explains them.
enum Exit : int { fine = 0, could_not_run = 1, wrong_usage = 2, forbidden = 3, doubtful = 4, held = 5 };

// What the report means: forbidden if an error stands, could_not_run if nothing was rehearsed, doubtful (with `strict`) if there are warnings or things not
// verified, held if another operation holds the release.
Exit verdict(Report const&, bool strict);

// "Tools and repository" for HC1xx and so on.
std::string_view category_of(std::string_view code);

}  // namespace report
