#pragma once

#include <string_view>

#include "base/timeline.h"
#include "cli/options.h"
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
int run(SnapshotOptions const&);
int run(ChecksOptions const&);
int run(ExplainOptions const&);
int run(VersionOptions const&);
int run(Help const&);
int run(Misuse const&);

// Judges a state and prints the report; wherever it came from. `goes_on`: it is part of an upgrade. `timeline`: of the look.
int show(state::State const&, PreflightOptions const&, bool goes_on = false, base::Timeline* timeline = nullptr);

// Results, to standard output.
void print(std::string_view text);

}  // namespace cli
