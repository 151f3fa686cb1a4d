#include "rehearsal/rerendering.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "rehearsal/fields.h"
#include "rehearsal/hooks.h"

namespace rehearsal {
namespace {

using base::Json;

constexpr std::size_t most_fields = 5;
constexpr std::size_t longest_path = 160;

bool is_in_pod_template(Rendered const& rendered, FieldPath const& path) {
  static constexpr std::array kinds = {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"};
  return path.size() > 2 && path[0].member == "spec" && path[1].member == "template" &&
         std::find(kinds.begin(), kinds.end(), rendered.kind) != kinds.end();
}

std::string name_of(FieldPath const& path) {
  auto text = to_text(path);
  if (text.size() > longest_path) text = text.substr(0, longest_path) + "…";
  return text;
}

class Comparison {
 public:
  Comparison(Scene const& scene, Resources& resources) : scene_(scene), resources_(resources) {
    for (auto const& write : scene.played->writes)
      if (write.creates) created_.insert(write.target.key());
  }

  void compare_all(std::vector<Rendered> const& first, std::vector<Rendered> const& second, bool hook) {
    auto const old = by_name(first), now = by_name(second);
    std::set<std::string> unmatched;
    for (auto const& [name, all] : old) {
      auto const others = now.find(name);
      auto const size = others == now.end() ? 0 : others->second.size();
      for (std::size_t i = 0; i < all.size(); ++i) {
        if (i < size) {
          fields(*all[i], *others->second[i], hook);
        } else {
          unmatched.insert(all[i]->kind);
          add(*all[i], hook);
        }
      }
    }
    // One under another name is told of once, by the name that it had first.
    for (auto const& [name, all] : now)
      for (auto i = old.contains(name) ? old.at(name).size() : 0; i < all.size(); ++i)
        if (!unmatched.contains(all[i]->kind)) add(*all[i], hook);
  }

  std::vector<state::Unsteady> found;

 private:
  using Name = std::tuple<std::string, std::string, std::string, std::string>;
  using ByName = std::map<Name, std::vector<Rendered const*>>;

  static ByName by_name(std::vector<Rendered> const& objects) {
    ByName all;
    for (auto const& each : objects) all[{each.api_version, each.kind, each.name_space, each.name}].push_back(&each);
    return all;
  }

  state::Unsteady& add(Rendered const& rendered, bool hook) {
    auto const slash = rendered.api_version.find('/');
    auto const key = resources_.key_of(rendered, scene_.name_space);
    auto const group = slash == std::string::npos ? std::string() : rendered.api_version.substr(0, slash);
    found.push_back({.object = {rendered.kind, group, key ? key->name_space : rendered.name_space, rendered.name}, .hook = hook});
    found.back().creates = key && created_.contains(*key);
    return found.back();
  }

  void fields(Rendered const& first, Rendered const& second, bool hook) {
    state::Unsteady* unsteady = nullptr;
    compare(first.object, second.object, [&](FieldPath const& path, Json const&, Json const&) {
      if (!unsteady) unsteady = &add(first, hook);
      unsteady->restarts = unsteady->restarts || is_in_pod_template(first, path);
      if (unsteady->fields.size() < most_fields) unsteady->fields.push_back(name_of(path));
      else ++unsteady->more;
    });
  }

  Scene const& scene_;
  Resources& resources_;
  std::set<Key> created_;
};

std::vector<Rendered> objects_of(std::vector<Hook> hooks) {
  std::vector<Rendered> objects;
  for (auto& hook : hooks) objects.push_back(std::move(hook.object));
  return objects;
}

}  // namespace

std::vector<state::Unsteady> unsteady_between(Scene const& scene, Json const& first, Json const& second, Resources& resources) {
  Comparison comparison(scene, resources);
  comparison.compare_all(scene.new_objects, parse_manifest(second["manifest"].str()), false);
  auto const operation = operation_of(first, !scene.old_objects.empty());
  comparison.compare_all(objects_of(hooks_of(first["hooks"], operation)), objects_of(hooks_of(second["hooks"], operation)), true);
  return std::move(comparison.found);
}

}  // namespace rehearsal
