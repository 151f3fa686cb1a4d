#include "collect/services.h"

#include "base/json.h"
#include "clients/record.h"

namespace collect {

state::Seen<std::set<std::string>> services(clients::Kubernetes& api, std::string const& name_space) {
  auto const answer = api.send("GET", "/api/v1/namespaces/" + clients::url_encoded(name_space) + "/services", {}, {},
                               "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json");
  auto const tell = "kubectl get services -n " + name_space;
  if (!answer.ok()) return state::Unknown{"they can't be read: " + clients::error_of(answer), tell};
  auto const list = base::parse_json(answer.body);
  if (!list || !(*list)["items"].is_array()) return state::Unknown{"the API server's answer is no list", tell};
  std::set<std::string> names;
  for (auto const& item : (*list)["items"].items()) names.insert(item["metadata"]["name"].str());
  return names;
}

}  // namespace collect
