#pragma once

#include <vector>

#include "rehearsal/consequences.h"

namespace rehearsal {

// The resource quotas that all which the upgrade adds would exceed, taken together: the API server judges each dry run
// alone. `trials`: of pods; one that a quota refuses by itself is known already.
std::vector<state::Shortage> shortages_of(Scene const&, std::vector<state::Trial> const& trials, Questions&);

}  // namespace rehearsal
