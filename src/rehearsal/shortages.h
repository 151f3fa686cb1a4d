#pragma once

#include <map>
#include <string>
#include <vector>

#include "rehearsal/consequences.h"

namespace rehearsal {

// The resource quotas of the namespaces in which the upgrade needs more, as lists, by namespace.
using Quotas = std::map<std::string, clients::Answer>;
Quotas quotas_of(Scene const&, Questions&);

// The resource quotas that all which the upgrade adds would exceed, taken together: the API server judges each dry run
// alone. `trials`: of pods; one that a quota refuses by itself is known already.
std::vector<state::Shortage> shortages_of(Scene const&, std::vector<state::Trial> const& trials, Quotas const&, Questions&);

}  // namespace rehearsal
