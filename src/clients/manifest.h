#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"

namespace clients {

// An object of a release's manifest.
struct Rendered {
  std::string api_version, kind, name_space, name;  // the namespace as written, empty where the release's is meant
  base::Json object;
};

// The objects of a manifest as Helm stores it, Lists taken apart. A document that is no object is left out: Helm would
// not have taken it.
std::vector<Rendered> parse_manifest(std::string_view text);

}  // namespace clients
