#pragma once

#include <string>

#include "checks/check.h"

namespace checks {

// What a chart no longer does with a key of the values, and what is to be done about it.
Finding refused_key(std::string const& key, state::RenamedKey const&, state::Values const&);
Finding ignored_key(std::string const& key, state::RenamedKey const&, state::Values const&);

}  // namespace checks
