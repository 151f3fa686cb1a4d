#pragma once

#include <string>

#include "base/json.h"

namespace render {

// A document of ours as YAML.
std::string yaml(base::Json const&);

// The same for a person to go on writing: quotation marks only where they are needed.
std::string plain_yaml(base::Json const&);

}  // namespace render
