#include "rehearsal/manifest.h"

#include <algorithm>

#include "base/bytes.h"
#include "base/text.h"
#include "rehearsal/gate.h"

namespace rehearsal {
namespace {

bool same_word(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string discovery_of(std::string const& api_version) {
  return (api_version.find('/') == std::string::npos ? "/api/" : "/apis/") + api_version;
}

}  // namespace

Resources::Resources(clients::Kubernetes& api)
    : Resources([&api](std::vector<clients::Request> const& requests) { return ask(api, requests); }) {}

std::vector<Resources::Resource> const& Resources::list(std::string const& api_version) {
  if (auto const found = known_.find(api_version); found != known_.end()) return found->second;
  return learn(api_version, ask_({{"GET", discovery_of(api_version)}}).front());
}

void Resources::foresee(std::vector<Rendered> const& objects) {
  std::vector<std::string> versions;
  std::vector<clients::Request> requests;
  for (auto const& object : objects) {
    auto const& version = object.api_version;
    if (known_.contains(version) || std::find(versions.begin(), versions.end(), version) != versions.end()) continue;
    versions.push_back(version);
    requests.push_back({"GET", discovery_of(version)});
  }
  auto const answers = ask_(requests);
  for (std::size_t i = 0; i < versions.size(); ++i) learn(versions[i], answers[i]);
}

std::vector<Resources::Resource> const& Resources::learn(std::string const& api_version, clients::Answer const& answer) {
  auto& resources = known_[api_version];
  auto const parsed = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  if (!parsed) return resources;
  for (auto const& each : (*parsed)["resources"].items()) {
    if (each["name"].str().find('/') != std::string::npos) continue;  // a subresource
    resources.push_back({each["name"].str(), each["kind"].str(), each["namespaced"].bool_or(true)});
  }
  return resources;
}

std::optional<Resources::Resource> Resources::of_kind(std::string const& api_version, std::string const& kind) {
  for (auto const& each : list(api_version))
    if (each.kind == kind) return each;
  return {};
}

std::optional<Resources::Resource> Resources::of_kind_in_any_case(std::string const& api_version, std::string const& kind) {
  for (auto const& each : list(api_version))
    if (same_word(each.kind, kind)) return each;
  return {};
}

std::optional<Key> Resources::key_of(Rendered const& rendered, std::string const& release_name_space) {
  auto const resource = of_kind(rendered.api_version, rendered.kind);
  if (!resource) return {};
  auto const slash = rendered.api_version.find('/');
  auto const group = slash == std::string::npos ? std::string() : rendered.api_version.substr(0, slash);
  auto const& name_space = rendered.name_space.empty() ? release_name_space : rendered.name_space;
  return Key{canonical_group(group, resource->plural), resource->plural, resource->namespaced ? name_space : "", rendered.name};
}

std::map<Key, Rendered const*> Resources::by_key(std::vector<Rendered> const& objects, std::string const& release_name_space) {
  std::map<Key, Rendered const*> all;
  for (auto const& rendered : objects)
    if (auto key = key_of(rendered, release_name_space)) all[std::move(*key)] = &rendered;
  return all;
}

std::vector<std::string> Resources::versions_of(std::string const& kind) {
  std::vector<std::string> candidates = {"v1"}, found;
  auto const answer = ask_({{"GET", "/apis"}}).front();
  if (auto const groups = answer.ok() ? base::parse_json(answer.body) : std::nullopt) {
    for (auto const& group : (*groups)["groups"].items()) candidates.push_back(group["preferredVersion"]["groupVersion"].str());
  }
  // The groups that charts mostly use are asked first; the others only if none of those knows the kind.
  auto const common = [](std::string const& version) {
    return version == "v1" || version.starts_with("apps/") || version.starts_with("batch/") ||
           version.starts_with("networking.k8s.io/") || version.starts_with("rbac.authorization.k8s.io/");
  };
  std::stable_partition(candidates.begin(), candidates.end(), common);
  for (auto const& version : candidates) {
    if (!found.empty() && !common(version)) break;
    auto const& known = list(version);
    if (std::any_of(known.begin(), known.end(), [&](auto const& each) { return same_word(each.kind, kind); })) found.push_back(version);
  }
  return found;
}

base::Json as_stored(base::Json object) {
  if (object["kind"].str() != "Secret") return object;
  auto const written = object["stringData"];
  for (auto const& [name, text] : written.members()) object.set("data").set(name) = base::to_base64(text.str());
  object.erase("stringData");
  return object;
}

}  // namespace rehearsal
