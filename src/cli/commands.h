#pragma once

#include <string_view>

#include "base/timeline.h"
#include "cli/options.h"
#include "cli/told.h"
#include "report/report.h"
#include "state/state.h"

namespace cli {

// Puts what the flags said into the environment, runs the command, and returns the exit code. Throws std::runtime_error
// with a sentence for the person where it can't go on.
int run(Parsed);

// One for each command, in the file of its name.
int run(PreflightOptions const&);
int run(UpgradeOptions const&);
int run(RecoverOptions const&);
int run(PlanOptions const&);
int run(ValuesOptions const&);
int run(SnapshotOptions const&);
int run(ChecksOptions const&);
int run(ExplainOptions const&);
int run(VersionOptions const&);
int run(Help const&);
int run(Misuse const&);

// Judges a state and prints the report; wherever it came from.
struct Showing {
  bool goes_on = false;                // it is part of an upgrade
  base::Timeline* timeline = nullptr;  // of the look
  Told* told = nullptr;                // a program wants to know, too
};
int show(state::State const&, PreflightOptions const&, Showing const& = {});

// Results, to standard output.
void print(std::string_view text);

}  // namespace cli
