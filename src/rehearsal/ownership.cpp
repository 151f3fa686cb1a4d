#include "rehearsal/ownership.h"

#include <utility>

#include "state/marks.h"

namespace rehearsal {

using namespace state::marks;

std::vector<std::string> lacking_ownership(base::Json const& object, std::string const& release, std::string const& name_space) {
  auto const& metadata = object["metadata"];
  std::vector<std::string> lacks;
  if (metadata["labels"][managed_by].str() != "Helm") lacks.emplace_back(managed_by);
  if (metadata["annotations"][release_name].str() != release) lacks.emplace_back(release_name);
  if (metadata["annotations"][release_namespace].str() != name_space) lacks.emplace_back(release_namespace);
  return lacks;
}

bool names_release(base::Json const& object, std::string const& release, std::string const& name_space) {
  auto const& annotations = object["metadata"]["annotations"];
  return annotations[release_name].str() == release && annotations[release_namespace].str() == name_space;
}

void own(base::Json& object, std::string const& release, std::string const& name_space) {
  auto& metadata = object.set("metadata");
  metadata.set("labels").set(managed_by) = "Helm";
  metadata.set("annotations").set(release_name) = release;
  metadata.set("annotations").set(release_namespace) = name_space;
}

std::string hidden_by_renaming(base::Json const& object, base::Json const& old) {
  if (!old["metadata"]["finalizers"].items().empty()) return "the old object has finalizers, and its name is free only when they are done";
  auto const& address = object["spec"]["clusterIP"].str();
  bool fixed = object["kind"].str() == "Service" && !address.empty() && address != "None";
  for (auto const& port : object["spec"]["ports"].items()) fixed = fixed || port["nodePort"].int_or(0) > 0;
  return fixed ? "it asks for an address or node port that the old object still holds" : "";
}

void keep_marks(base::Json& answer, base::Json const& before, base::Json const& patch) {
  constexpr std::pair<char const*, char const*> marks[] = {
      {"labels", managed_by}, {"annotations", release_name}, {"annotations", release_namespace}, {"annotations", resource_policy}};
  for (auto const& [where, key] : marks) {
    auto const* mark = before["metadata"][where].find(key);
    if (mark && !patch["metadata"][where].has(key)) answer.set("metadata").set(where).set(key) = *mark;
  }
}

std::string renamed_for_trial(base::Json& object, std::string const& name) {
  auto const other = name.substr(0, 200) + "-rehearsed";
  auto& metadata = object.set("metadata");
  metadata.set("name") = other;
  for (auto const* key : {"uid", "resourceVersion", "creationTimestamp", "managedFields", "generateName"}) metadata.erase(key);
  if (object["kind"].str() == "Service") {
    auto& spec = object.set("spec");
    for (auto const* key : {"clusterIP", "clusterIPs", "healthCheckNodePort"})
      if (spec[key].str() != "None") spec.erase(key);
    for (auto& port : spec.set("ports").make_array()) port.erase("nodePort");
  }
  return other;
}

}  // namespace rehearsal
