#pragma once

#include <vector>

#include "rehearsal/hooks.h"

namespace rehearsal {

// The images of the new version's pods and hooks, against those that the release runs now. No registry is asked.
std::vector<state::Image> images_of(Scene const&, std::vector<Hook> const&, Questions&);

}  // namespace rehearsal
