#include "render/places.h"

#include <algorithm>

namespace render {
namespace {

// A key may hold dots itself, so each key of the map that the path begins with is tried. yaml-cpp counts from 0.
std::optional<YAML::Mark> mark_of(YAML::Node const& map, std::string_view path) {
  if (!map.IsMap()) return {};
  for (auto const& member : map) {
    if (!member.first.IsScalar()) continue;
    auto const& key = member.first.Scalar();
    if (path == key) return member.first.Mark();
    if (!path.starts_with(key) || path.substr(key.size()).front() != '.') continue;
    if (auto const found = mark_of(member.second, path.substr(key.size() + 1))) return found;
  }
  return {};
}

}  // namespace

Places::Places(std::vector<ValuesFile> const& files) {
  for (auto const& file : files) {
    try {
      files_.emplace_back(file.name, YAML::Load(file.text));
    } catch (YAML::Exception const&) {
    }
  }
}

std::optional<Place> Places::of_key(std::string_view key) const {
  for (auto file = files_.rbegin(); file != files_.rend(); ++file)
    if (auto const mark = mark_of(file->second, key)) return Place{file->first, mark->line + 1, mark->column + 1};
  return {};
}

}  // namespace render
