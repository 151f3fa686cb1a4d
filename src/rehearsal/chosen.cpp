#include "rehearsal/manifest.h"
#include "rehearsal/ownership.h"
#include "rehearsal/rehearse.h"
#include "state/marks.h"

// What the remedies that were chosen make of the layer.
namespace rehearsal {

using base::Json;

std::optional<Found> find_object(std::string const& kind_and_name, std::string const& name_space, clients::Kubernetes& api,
                                 std::string* why) {
  auto const fail = [&](std::string reason) -> std::optional<Found> {
    if (why) *why = std::move(reason);
    return {};
  };
  auto const slash = kind_and_name.find('/');
  if (slash == std::string::npos || slash == 0 || slash + 1 == kind_and_name.size())
    return fail("\"" + kind_and_name + "\" is no KIND/NAME such as Service/coderd");
  auto const kind = kind_and_name.substr(0, slash), name = kind_and_name.substr(slash + 1);
  Resources resources(api);
  auto const versions = resources.versions_of(kind);
  if (versions.empty()) return fail("the API server knows no kind " + kind);
  for (auto const& version : versions) {
    auto const resource = resources.of_kind_in_any_case(version, kind);
    if (!resource) continue;
    auto target = parse_target(path_of(version, resource->plural, resource->namespaced ? name_space : "", name));
    auto const answer = target.shape == Target::Shape::object ? api.get(target.path) : clients::Answer{};
    if (auto object = answer.ok() ? base::parse_json(answer.body) : std::nullopt) return Found{std::move(target), std::move(*object)};
  }
  return fail("there is no " + kind_and_name + " in namespace " + name_space);
}

void adopted(Layer& layer, Found const& found, std::string const& release, std::string const& name_space) {
  auto object = found.object;
  own(object, release, name_space);
  object.set("metadata").set("annotations").set(state::marks::resource_policy) = "keep";
  layer.put(found.target.key(), std::move(object), true);
}

void kept(Layer& layer, Found const& found) {
  auto object = found.object;
  object.set("metadata").set("annotations").set(state::marks::resource_policy) = "keep";
  layer.put(found.target.key(), std::move(object), true);
}

void removed(Layer& layer, Found const& found) { layer.remove(found.target.key(), true); }

void remade(Layer& layer, Found const& found, Json object) {
  for (auto const* key : {"uid", "creationTimestamp", "resourceVersion"}) object.set("metadata").set(key) = found.object["metadata"][key];
  layer.remake(found.target.key(), std::move(object));
}

}  // namespace rehearsal
