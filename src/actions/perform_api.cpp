#include "actions/perform_api.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "clients/record.h"

namespace actions {

using base::Json;

Json get(Api& api, std::string const& path) {
  auto const answer = api.send("GET", path);
  if (answer.status == 404) return {};
  auto object = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  if (!object) throw std::runtime_error("can't read " + path + ": " + clients::error_of(answer));
  return std::move(*object);
}

std::string collection_of(std::string const& path) { return path.substr(0, path.rfind('/')); }

Json as_new(Json object) {
  object.erase("status");
  auto& metadata = object.set("metadata");
  for (auto const* key : {"uid", "resourceVersion", "creationTimestamp", "generation", "managedFields", "selfLink",
                          "deletionTimestamp", "deletionGracePeriodSeconds"})
    metadata.erase(key);
  return object;
}

std::vector<Record> records_of(Api& api, state::Release const& release) {
  auto const collection = "/api/v1/namespaces/" + release.name_space + (release.driver == "configmap" ? "/configmaps" : "/secrets");
  auto const selector = clients::url_encoded("owner=helm,name=" + release.name);
  auto const answer = api.send("GET", collection + "?labelSelector=" + selector, {}, {},
                               "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
  auto const list = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  if (!list) throw std::runtime_error("can't list the records of release " + release.name + ": " + clients::error_of(answer));
  std::vector<Record> records;
  for (auto const& item : (*list)["items"].items()) {
    auto const& metadata = item["metadata"];
    auto const& version = metadata["labels"]["version"].str();
    int revision = 0;
    std::from_chars(version.data(), version.data() + version.size(), revision);
    if (metadata["name"].str() != clients::record_name(release.name, revision)) continue;
    records.push_back({revision, collection + "/" + metadata["name"].str(), metadata["labels"]["status"].str(),
                       metadata["uid"].str(), metadata["resourceVersion"].str()});
  }
  std::sort(records.begin(), records.end(), [](auto const& a, auto const& b) { return a.revision < b.revision; });
  return records;
}

}  // namespace actions
