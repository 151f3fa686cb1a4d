#pragma once

#include <vector>

#include "rehearsal/consequences.h"

namespace rehearsal {

// What differs between two renderings of the chart: the new release's records, the first that of the scene. Values
// are compared and not kept.
std::vector<state::Unsteady> unsteady_between(Scene const&, base::Json const& first, base::Json const& second, Resources&);

}  // namespace rehearsal
