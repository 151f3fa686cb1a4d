#include "cli/reach.h"

#include <chrono>
#include <stdexcept>

#include "base/text.h"
#include "clients/process.h"
#include "collect/tools.h"

namespace cli {
namespace {

constexpr auto patience = std::chrono::minutes(2);  // with all answers of the API server

[[noreturn]] void give_up(std::string const& sentence) { throw std::runtime_error(sentence); }

}  // namespace

Reached reach(state::Request const& request, std::string const& otherwise) {
  auto const records = collect::records_of(request);
  if (auto const* unknown = std::get_if<state::Unknown>(&records)) give_up(unknown->why);
  if (!clients::find_program("kubectl")) give_up("kubectl is not in PATH, and the cluster is reached through it; " + otherwise);
  std::string why;
  Reached reached{.proxy = clients::Proxy::start(clients::access_from_environment(), true, &why), .api = nullptr, .cluster = {}};
  if (!reached.proxy) give_up("the cluster can't be reached: " + why + "; " + otherwise);
  reached.api = std::make_unique<clients::Kubernetes>(*reached.proxy);
  reached.api->be_patient_for(patience);
  reached.cluster = collect::cluster(*reached.api);
  if (auto const* unknown = std::get_if<state::Unknown>(&reached.cluster)) give_up("the cluster can't be reached: " + unknown->why + "; " + otherwise);
  return reached;
}

std::string no_release(state::Release const& release, std::string const& otherwise) {
  auto const sentence = "there is no release " + release.name + " in namespace " + release.name_space;
  if (release.elsewhere.empty()) return sentence + "; helm list -A lists those that there are, and " + otherwise;
  return sentence + ", but one in " + base::join(release.elsewhere, ", ") + ": say which one with -n";
}

}  // namespace cli
