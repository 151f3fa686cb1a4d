#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace values {

using MayBeShown = std::function<bool(std::vector<std::string> const& path, base::Json const&)>;

// A text of values with (hidden) in place of each value that may not be shown, and of each comment that speaks of a secret; line
// for line. A text that is no YAML is hidden as a whole.
std::string masked(std::string_view text, MayBeShown const&);

}  // namespace values
