#pragma once

#include <optional>
#include <string>

#include "base/json.h"

namespace collect {

// What we read of a chart itself.
struct ChartFiles {
  base::Json chart, values;  // Chart.yaml and values.yaml; null where there is no values.yaml
  std::string digest;        // SHA-256 of an archive; empty for a folder
};

// From a chart's folder or archive; nothing and a reason if it is none. `helm show` would tell the same at 40 ms each.
std::optional<ChartFiles> read_chart(std::string const& path, std::string* why);

}  // namespace collect
