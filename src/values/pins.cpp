#include "values/pins.h"

#include <string_view>

#include "values/tree.h"

namespace values {
namespace {

constexpr std::string_view hub = "docker.io/";  // may be left out

bool is_coders(std::string_view image, std::string_view folder) {
  if (folder.empty()) return false;
  if (image.starts_with(hub)) image.remove_prefix(hub.size());
  if (folder.starts_with(hub)) folder.remove_prefix(hub.size());
  return image.starts_with(folder) && image.substr(folder.size()).starts_with("/");
}

void find(base::Json const& tree, Path& path, std::string const& folder, std::vector<Path>& found) {
  for (auto const& [key, value] : tree.members()) {
    path.push_back(key);
    if (key == "image" && is_coders(value.str(), folder)) found.push_back(path);
    find(value, path, folder, found);
    path.pop_back();
  }
}

}  // namespace

std::vector<std::string> drop_pins(base::Json& tree, state::Knowledge const& known) {
  std::vector<Path> found;
  Path path;
  find(tree, path, known.images, found);
  std::vector<std::string> names;
  for (auto const& each : found) {
    erase(tree, each, "");
    names.push_back(shown(name_of(each)));
  }
  return names;
}

}  // namespace values
