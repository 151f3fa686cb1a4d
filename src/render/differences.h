#pragma once

#include <string>

#include "render/report.h"
#include "report/changes.h"

namespace render {

// What becomes of each object, in the manner of a diff, and in the end how many there are.
std::string differences(report::Effects const&, state::Request const&, Look);

}  // namespace render
