#include "rehearsal/rehearser.h"

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "base/json.h"

namespace rehearsal {

namespace fs = std::filesystem;

namespace {

constexpr auto helm_limit = std::chrono::minutes(5);

// The kubeconfig of a stage. Its URL holds the stage's token, so it never touches a disk.
std::string kubeconfig_of(std::string const& url, std::string const& name_space) {
  using base::Json;
  auto const named = [](char const* what, Json::Object content) { return Json::Object{{"name", "rehearsal"}, {what, std::move(content)}}; };
  Json const config = Json::Object{
      {"apiVersion", "v1"},
      {"kind", "Config"},
      {"clusters", Json::Array{named("cluster", {{"server", url}})}},
      {"users", Json::Array{named("user", {})}},
      {"contexts", Json::Array{named("context", {{"cluster", "rehearsal"}, {"user", "rehearsal"}, {"namespace", name_space}})}},
      {"current-context", "rehearsal"}};
  return base::to_text(config);
}

// Where Helm has its caches; source: pkg/helmpath.
std::string cache_home() {
  auto const variable = [](char const* name) { return std::string(std::getenv(name) ? std::getenv(name) : ""); };
  if (auto const given = variable("HELM_CACHE_HOME"); !given.empty()) return given;
  if (auto const caches = variable("XDG_CACHE_HOME"); !caches.empty()) return caches + "/helm";
  auto const home = variable("HOME");
  return home.empty() ? home : home + "/.cache/helm";
}

}  // namespace

Rehearser::Rehearser(clients::Helm helm, std::string socket, std::string prefix, std::string name_space)
    : helm_(std::move(helm)), name_space_(std::move(name_space)), server_(std::move(socket), std::move(prefix)) {}

// Helm keeps what it discovers in a folder that is named after the URL, and every stage has another: they are all led to
// one, kept for this API server under Helm's own cache. A folder that can't be made only costs time.
void Rehearser::share_discovery(std::string const& url) {
  auto const identity = server_.identity();
  auto const home = cache_home();
  if (identity.empty() || home.empty()) return;
  auto const kept = fs::path(home) / "coder" / "discovery" / identity;
  auto place = url.substr(std::string_view("http://").size());
  std::replace(place.begin(), place.end(), ':', '_');  // as client-go names it
  auto const link = fs::path(folder_.path()) / "discovery" / place;
  std::error_code trouble;
  fs::create_directories(kept, trouble);
  if (trouble) return;
  fs::create_directories(link.parent_path(), trouble);
  fs::create_directory_symlink(kept, link, trouble);
}

Run Rehearser::run(std::vector<std::string> arguments, Direction direction, Layer layer) {
  auto const start = std::chrono::steady_clock::now();
  bool const forgets = direction.forgets_records;
  auto const url = server_.open(std::move(direction), std::move(layer));
  share_discovery(url);
  clients::MemoryFile const kubeconfig(kubeconfig_of(url, name_space_));
  arguments.insert(arguments.end(), {"--namespace", name_space_});
  auto command = helm_.command(std::move(arguments));
  command.unset.insert(command.unset.end(), {"HELM_KUBE*", "HELM_NAMESPACE"});
  command.set.insert(command.set.end(), {{"KUBECONFIG", kubeconfig.path()},
                                         {"KUBECACHEDIR", folder_.path()},
                                         {"HELM_QPS", "10000"},
                                         {"HELM_BURST_LIMIT", "10000"}});
  if (forgets) command.set.insert(command.set.end(), {{"HELM_DRIVER", "memory"}, {"HELM_MEMORY_DRIVER_DATA", "/dev/null"}});
  command.keep.push_back(kubeconfig.fd());
  command.keep.insert(command.keep.end(), shared_.begin(), shared_.end());
  command.limit = helm_limit;
  Run run;
  run.ended = clients::run(command);
  run.played = server_.close(url);
  run.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return run;
}

}  // namespace rehearsal
