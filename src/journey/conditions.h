#pragma once

#include <string>

#include "journey/journey.h"

namespace journey {

enum class Truth { no, yes, unknown };

// Whether all of them hold for this release, as far as it was seen.
Truth hold(std::vector<state::Clause> const&, Sight const&, state::Knowledge const&);

// Whether the value, or anything below it, is set.
Truth is_set(std::string const& key, Sight const&);

}  // namespace journey
