#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "state/knowledge.h"

namespace values {

// Takes out what names one of Coder's own images: published charts have these filled in, and whoever keeps them keeps an old
// program when the chart is upgraded. Images of a registry of the person's own stay. Returns the keys that went.
std::vector<std::string> drop_pins(base::Json& tree, state::Knowledge const&);

}  // namespace values
