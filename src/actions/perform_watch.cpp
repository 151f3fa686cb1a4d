#include "actions/perform_watch.h"

#include <stdexcept>

#include "base/text.h"

namespace actions {
namespace {

using base::Json;

bool is_workload(std::string const& kind) { return kind == "Deployment" || kind == "StatefulSet" || kind == "DaemonSet"; }

}  // namespace

std::string waits_for(Json const& workload) {
  auto const& kind = workload["kind"].str();
  auto const& status = workload["status"];
  if (!is_workload(kind)) return {};
  if (status["observedGeneration"].int_or(0) < workload["metadata"]["generation"].int_or(0)) return "not begun";
  bool const daemons = kind == "DaemonSet";
  auto const wanted = daemons ? status["desiredNumberScheduled"].int_or(0) : workload["spec"]["replicas"].int_or(1);
  auto const fresh = status[daemons ? "updatedNumberScheduled" : "updatedReplicas"].int_or(0);
  auto const ready = status[daemons ? "numberReady" : "readyReplicas"].int_or(0);
  if (fresh >= wanted && ready >= wanted) return {};
  auto const of = " of " + std::to_string(wanted);
  return fresh < wanted ? std::to_string(fresh) + of + " new" : std::to_string(ready) + of + " ready";
}

Watch::Watch(std::unique_ptr<Api> api, std::vector<Object> const& objects, std::function<void(std::string const&)> tell)
    : api_(std::move(api)), tell_(std::move(tell)) {
  for (auto const& object : objects)
    if (is_workload(object.id.kind)) workloads_.push_back(object);
  thread_ = std::thread([this] { run(); });
}

Watch::~Watch() {
  {
    std::lock_guard const guard(mutex_);
    ending_ = true;
  }
  wake_.notify_all();
  thread_.join();
  tell_({});
}

void Watch::run() {
  auto const start = std::chrono::steady_clock::now();
  std::unique_lock guard(mutex_);
  while (!wake_.wait_for(guard, std::chrono::seconds(1), [this] { return ending_; })) {
    guard.unlock();
    auto const text = line(std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - start));
    guard.lock();
    if (!ending_) tell_(text);
  }
}

std::string Watch::line(std::chrono::seconds since) {
  std::vector<std::string> waiting;
  for (auto const& workload : workloads_) {
    try {
      auto const wants = waits_for(get(*api_, workload.path));
      if (!wants.empty()) waiting.push_back(workload.id.kind + "/" + workload.id.name + " (" + wants + ")");
    } catch (std::runtime_error const&) {
      // Helm tells if the cluster is gone.
    }
  }
  auto const seconds = std::to_string(since.count()) + " s: ";
  return waiting.empty() ? seconds + "Helm is at work" : seconds + "waiting for " + base::join(waiting, ", ");
}

}  // namespace actions
