#pragma once

#include <string>

#include "base/json.h"

namespace render {

// A document of ours as YAML.
std::string yaml(base::Json const&);

}  // namespace render
