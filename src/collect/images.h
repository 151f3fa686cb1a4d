#pragma once

#include <chrono>
#include <vector>

#include "state/rehearsal.h"

namespace collect {

// Looks each new image up in its registry, with the first of skopeo, crane and docker that is in PATH, as this person is
// logged in with it. Nothing is pulled. What the registry does not know is rejected; whatever else goes wrong leaves the
// image not verified, with the tool's words. What `limit` leaves no time for is not looked up.
void look_up(std::vector<state::Image>&, std::chrono::seconds limit = std::chrono::minutes(5));

}  // namespace collect
