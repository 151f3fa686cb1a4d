#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <yaml-cpp/yaml.h>

#include "render/report.h"

namespace render {

// Where something stands in a file; both count from 1, as people and SARIF do.
struct Place {
  std::string file;
  int line = 0, column = 0;
  bool operator==(Place const&) const = default;
};

// The files of values that were given, to find keys in them.
class Places {
 public:
  explicit Places(std::vector<ValuesFile> const&);  // a file that is no YAML has no places; Helm says what is wrong with it

  // Where the key "coderd.image" stands: in the last file that has it, which is the one whose value counts.
  std::optional<Place> of_key(std::string_view key) const;

 private:
  std::vector<std::pair<std::string, YAML::Node>> files_;
};

}  // namespace render
