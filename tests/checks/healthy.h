#pragma once

#include "checks/check.h"

// A healthy upgrade 1.21.0 → 1.21.7, as a state. A test changes one thing in it.
state::State healthy();

// The outcome of one check by name; fails the test if there is none.
report::Outcome outcome_of(std::string_view check, state::State const&);
