#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "report/finding.h"
#include "state/state.h"

namespace report {

enum class Result { passed, warning, error, not_verified, not_asked };

// That what a check finds is accepted.
struct Ignore {
  std::string check;        // code or name
  std::string reason = {};  // empty: it was said by a flag or by the environment
  std::string until = {};   // the last day on which it counts, "2026-12-31"
  std::string place = {};   // "helm-coder.conf:3"
  bool expired = false;
};

// One check and what came of it.
struct Line {
  std::string code, name, category, summary;
  Severity severity = Severity::error;
  Result result = Result::passed;
  bool ignored = false;  // what it found is accepted: an error is a warning then, and a warning counts for nothing
  std::optional<Ignore> ignore = {};  // by what; where `ignored` is false, one that has expired
  std::optional<double> seconds = {};  // that it took, where that says something: ours look only at what was seen before
  std::string detail = {};  // what a passing check saw, for the right-hand column; may be empty
  Outcome outcome = {};
  bool of_others = false;  // a check of somebody's own, which `explain` does not know
};

struct Report {
  std::vector<Line> lines;  // ascending by code
};

// Accepts what a line has found, if one of these says so and has not expired.
void accept(std::vector<Ignore> const&, Line&);

struct Tally {
  std::size_t errors = 0, warnings = 0, unverified = 0, passed = 0, not_asked = 0;  // of lines
};
Tally tally(Report const&);

// Exit codes of the whole program; docs/exit-codes.md explains them.
enum Exit : int { fine = 0, could_not_run = 1, wrong_usage = 2, forbidden = 3, doubtful = 4, held = 5 };

// What the report means: forbidden if an error stands, could_not_run if nothing was rehearsed, doubtful (with `strict`) if
// there are warnings that nobody accepted or things not verified (what nobody asked for is neither), held if another operation holds the release.
Exit verdict(Report const&, bool strict);

// "Tools and repository" for HC1xx and so on.
std::string_view category_of(std::string_view code);

}  // namespace report
