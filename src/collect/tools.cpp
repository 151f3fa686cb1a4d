#include "collect/tools.h"

#include "base/semver.h"

namespace collect {
namespace {

// "v1.21.5-eks-bc4871b" → "1.21.5": what follows is the vendor's, and semver would take it for a pre-release.
std::optional<std::string> plain_version(std::string const& text) {
  auto version = base::parse_version(text);
  if (!version) return {};
  version->pre.clear();
  return base::to_text(*version);
}

}  // namespace

state::Seen<state::Helm> helm(std::optional<clients::Helm> const& found) {
  if (!found) return state::Helm{};
  std::string why;
  auto version = found->version(&why);
  if (!version) return state::Unknown{why, "helm version"};
  return state::Helm{found->path(), std::move(*version)};
}

state::Kubectl kubectl() {
  auto const path = clients::find_program("kubectl");
  if (!path) return state::Kubectl{};
  return state::Kubectl{*path};
}

state::Seen<state::Cluster> cluster(clients::Kubernetes& api) {
  constexpr auto tell = "kubectl get --raw /version";
  auto const answer = api.get("/version");
  if (!answer.ok()) return state::Unknown{"the cluster does not answer: " + clients::error_of(answer), tell};
  auto const json = base::parse_json(answer.body);
  auto const version = json ? plain_version((*json)["gitVersion"].str()) : std::nullopt;
  if (!version) return state::Unknown{"the cluster does not say its version", tell};
  return state::Cluster{*version};
}

}  // namespace collect
