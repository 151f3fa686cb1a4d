#include "rehearsal/definitions.h"

#include <algorithm>
#include <string>
#include <vector>

namespace rehearsal {
namespace {

using base::Json;

constexpr std::string_view groups = "/apis";

std::vector<Json const*> new_definitions(Layer const& layer) {
  std::vector<Json const*> all;
  for (auto const& [key, entry] : layer.entries())
    if (is_definition(key) && entry.object && !entry.live) all.push_back(&*entry.object);
  return all;
}

// "/apis/GROUP" or "/apis/GROUP/VERSION" → the rest; empty for other paths.
std::string_view below_groups(std::string_view path) {
  return path.starts_with("/apis/") ? path.substr(groups.size() + 1) : std::string_view();
}

Json const* version_of(Json const& definition, std::string_view version) {
  for (auto const& each : definition["spec"]["versions"].items())
    if (each["name"].str() == version && each["served"].bool_or(false)) return &each;
  return nullptr;
}

Json group_of(Json const& definition) {
  auto const& name = definition["spec"]["group"].str();
  Json versions(Json::Array{});
  for (auto const& each : definition["spec"]["versions"].items())
    if (each["served"].bool_or(false))
      versions.add(Json::Object{{"groupVersion", name + "/" + each["name"].str()}, {"version", each["name"]}});
  Json group = Json::Object{{"name", name}, {"versions", versions}};
  if (!versions.items().empty()) group.set("preferredVersion") = versions.items().front();
  return group;
}

Json resource_of(Json const& definition) {
  auto const& names = definition["spec"]["names"];
  return Json::Object{{"name", names["plural"]},
                      {"singularName", names["singular"]},
                      {"namespaced", definition["spec"]["scope"].str() == "Namespaced"},
                      {"kind", names["kind"]},
                      {"verbs", Json::Array{"delete", "get", "list", "patch", "create", "update", "watch"}}};
}

bool has(Json const& list, std::string const& name) {
  auto const& items = list.items();
  return std::any_of(items.begin(), items.end(), [&](Json const& each) { return each["name"].str() == name; });
}

}  // namespace

bool is_definition(Key const& key) { return key.group == "apiextensions.k8s.io" && key.resource == "customresourcedefinitions"; }

void establish(Json& definition) {
  Json conditions(Json::Array{});
  for (auto const* type : {"NamesAccepted", "Established"})
    conditions.add(Json::Object{{"type", type}, {"status", "True"}, {"reason", "Rehearsed"}, {"message", ""}, {"lastTransitionTime", "2000-01-01T00:00:00Z"}});
  definition.set("status").set("conditions") = std::move(conditions);
  definition.set("status").set("acceptedNames") = definition["spec"]["names"];
}

bool defined_in(Layer const& layer, std::string_view group, std::string_view version) {
  auto const all = new_definitions(layer);
  return std::any_of(all.begin(), all.end(), [&](Json const* each) { return (*each)["spec"]["group"].str() == group && version_of(*each, version); });
}

bool is_discovery_of_more(Layer const& layer, std::string_view path) {
  auto const rest = below_groups(path);
  auto const group = rest.substr(0, rest.find('/'));
  auto const all = new_definitions(layer);
  return std::any_of(all.begin(), all.end(), [&](Json const* each) { return path == groups || (!group.empty() && (*each)["spec"]["group"].str() == group); });
}

Json with_definitions(Layer const& layer, std::string_view path, Json answer) {
  auto const rest = below_groups(path);
  auto const slash = rest.find('/');
  for (auto const* each : new_definitions(layer)) {
    auto const group = group_of(*each);
    if (path == groups) {
      if (!has(answer["groups"], group["name"].str())) answer.set("groups").add(group);
      continue;
    }
    if (group["name"].str() != rest.substr(0, slash)) continue;
    if (slash == std::string_view::npos) {
      if (answer.is_null()) answer = group, answer.set("kind") = "APIGroup", answer.set("apiVersion") = "v1";
      continue;
    }
    if (!version_of(*each, rest.substr(slash + 1))) continue;
    if (answer.is_null())
      answer = Json::Object{{"kind", "APIResourceList"}, {"apiVersion", "v1"}, {"groupVersion", std::string(rest)}, {"resources", Json::Array{}}};
    auto const resource = resource_of(*each);
    if (!has(answer["resources"], resource["name"].str())) answer.set("resources").add(resource);
  }
  return answer;
}

}  // namespace rehearsal
