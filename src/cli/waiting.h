#pragma once

#include <memory>

#include "cli/live.h"
#include "cli/options.h"

namespace cli {

// Looks again and again until what may pass by itself has passed, or the time is over; the last look is what counts. Says on
// standard error what is waited for. Throws std::runtime_error when it is interrupted, or when the last look failed.
std::unique_ptr<Live> look_until_passed(PreflightOptions const&, std::vector<report::Ignore> const& ignored);

}  // namespace cli
