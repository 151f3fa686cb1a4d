#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"

namespace collect {

// What we read of a chart itself.
struct ChartFiles {
  base::Json chart, values;  // Chart.yaml and values.yaml; null where there is no values.yaml
  std::string digest;        // SHA-256 of an archive; empty for a folder
};

// From a chart's folder or archive; nothing and a reason if it is none. `helm show` would tell the same at 40 ms each.
std::optional<ChartFiles> read_chart(std::string const& path, std::string* why);

// The content of one file of a tar archive (ustar, as Helm packs): the first whose path is ANY_FOLDER/NAME.
std::optional<std::string> file_in_tar(std::string_view tar, std::string_view name);

}  // namespace collect
