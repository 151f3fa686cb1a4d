#include "collect/family.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "clients/manifest.h"
#include "clients/web.h"
#include "collect/release.h"
#include "state/marks.h"

namespace collect {
namespace {

using base::Json;
using state::Kin;
using state::Unknown;

constexpr std::size_t most_kin = 50;
// The chart of a provider has a ServiceAccount of this name, and a satellite this Deployment. Sources: the workspace-provider
// chart up to 1.21; chart coder from 1.21 on with coderd.satellite.enable.
constexpr auto provider_account = "coder";
constexpr auto satellite_deployment = "coderd", coder_chart = "coder";

struct Place {
  std::string name_space, release;
  auto operator<=>(Place const&) const = default;
};

struct Search {
  std::string root, resource, name;  // "/api/v1", "serviceaccounts", "coder"
};

clients::Answer list(clients::Kubernetes& api, Search const& search, std::string const& in) {
  auto const path = search.root + in + "/" + search.resource + "?fieldSelector=" + clients::url_encoded("metadata.name=" + search.name);
  return api.send("GET", path, {}, {}, "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json");
}

// What can be the name of a release or of a namespace. Anybody may write into the annotations of what is theirs.
bool is_name(std::string const& text) {
  return !text.empty() && text.size() <= 63 && text.front() != '.' && text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-.") == std::string::npos;
}

// Helm writes from 3.2 on whose an object is.
void add_places(clients::Answer const& answer, std::set<Place>& places, std::string& unsure) {
  auto const json = base::parse_json(answer.body);
  if (!json || !(*json)["items"].is_array()) {
    unsure = "the API server's list of them can't be read";
    return;
  }
  if (!(*json)["metadata"]["continue"].str().empty()) unsure = "there are too many to list";
  for (auto const& item : (*json)["items"].items()) {
    auto const& release = item["metadata"]["annotations"][state::marks::release_name].str();
    auto const& name_space = item["metadata"]["annotations"][state::marks::release_namespace].str();
    if (is_name(release) && is_name(name_space)) places.insert({name_space, release});
  }
}

// In all namespaces, or in the release's own alone.
void look_for(clients::Kubernetes& api, Search const& search, state::Request const& request, std::set<Place>& places, std::string& unsure) {
  auto answer = list(api, search, "");
  if (answer.status == 403) {
    unsure = "you may not list " + search.resource + " in all namespaces";
    answer = list(api, search, "/namespaces/" + clients::url_encoded(request.name_space));
  }
  if (answer.ok()) add_places(answer, places, unsure);
  else unsure = search.resource + " can't be listed: " + base::printable(clients::error_of(answer));
}

// What `helm uninstall` deletes of what workspaces run as: Helm goes by the manifest, not by what is live.
std::vector<std::string> accounts_taken(std::string const& manifest) {
  std::vector<std::string> taken;
  for (auto const& object : clients::parse_manifest(manifest)) {
    if (object.kind != "ServiceAccount" && object.kind != "Role" && object.kind != "RoleBinding") continue;
    if (object.object["metadata"]["annotations"][state::marks::resource_policy].str() != "keep")
      taken.push_back(base::printable(object.kind + "/" + object.name));
  }
  return taken;
}

void add(Place const& place, Json const& release, std::string const& provider_chart, state::Family& family) {
  auto const& metadata = release["chart"]["metadata"];
  Kin kin{.release = base::printable(place.release), .name_space = base::printable(place.name_space), .version = base::printable(metadata["version"].str())};
  if (metadata["name"].str() == provider_chart) {
    kin.primary_url = clients::origin_of(release["config"]["cemanager"]["accessURL"].str());
    kin.taken = accounts_taken(release["manifest"].str());
    family.providers.push_back(std::move(kin));
  } else if (metadata["name"].str() == coder_chart) {
    auto const& satellite = release["config"]["coderd"]["satellite"];
    if (!satellite["enable"].bool_or(false)) return;
    kin.primary_url = clients::origin_of(satellite["primaryURL"].str());
    family.satellites.push_back(std::move(kin));
  }
}

}  // namespace

state::Seen<state::Family> family(clients::Kubernetes& api, state::Request const& request, std::string const& provider_chart) try {
  state::Family family;
  std::set<Place> places;
  look_for(api, {"/api/v1", "serviceaccounts", provider_account}, request, places, family.unsure);
  look_for(api, {"/apis/apps/v1", "deployments", satellite_deployment}, request, places, family.unsure);
  places.erase({request.name_space, request.release});
  if (places.size() > most_kin) return Unknown{"there are more than " + std::to_string(most_kin) + " releases that might belong to Coder", ""};
  for (auto const& place : places) {
    auto other = request;
    other.release = place.release, other.name_space = place.name_space;
    auto const found = release(api, other, 1);
    auto const* records = state::seen(found.seen);
    if (records && records->revisions.empty()) continue;  // it was uninstalled, and what it had to keep is left
    if (found.base) add(place, found.base->release, provider_chart, family);
    else family.unsure = "the records of release " + base::printable(place.release) + " in namespace " + base::printable(place.name_space) + " can't be read";
  }
  return family;
} catch (std::exception const& error) {
  return Unknown{std::string("the releases that belong to Coder can't be looked for: ") + error.what(), ""};
}

}  // namespace collect
