#pragma once

#include "cli/live.h"

namespace cli {

// Has pods of the release's namespace pull the new images that the rehearsal saw, after asking.
void pull_images(Live&);

}  // namespace cli
