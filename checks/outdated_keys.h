#pragma once

#include <string>

#include "checks/check.h"
#include "checks/knowledge.h"

namespace checks {

// What a chart no longer does with a key of the values, and what is to be done about it. `fate`: ignored or refused.
Finding outdated_key(Fate fate, std::string const& key, state::RenamedKey const&, state::Values const&);

// One finding for each key of the values that the target's chart treats so.
Outcome outdated_keys(Fate fate, state::Target const&, state::Values const&, state::Knowledge const&);

}  // namespace checks
