#pragma once

#include <string>

#include "cli/options.h"

namespace cli {

// Whether a person lets us do in the cluster what these words ask: with --yes, or on the terminal. Each is asked once, by its
// first line: what `preflight --wait` looks at again needs no second answer.
bool agrees(bool yes, std::string const& question);

// A sentence where there will be something to ask and nobody to answer; else empty.
std::string nobody_to_ask(Target const&);

// A line on standard error.
void say(std::string const& sentence);

}  // namespace cli
