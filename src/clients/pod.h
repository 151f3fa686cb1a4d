#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "base/json.h"
#include "clients/kubernetes.h"

namespace clients {

// Why a container will not run as it is, in the kubelet's words. `other`: it ended, or it is not known at which step it failed.
enum class Step { pull, start, other };
struct Stuck {
  Step step;
  std::string why;
};

// A pod of ours that lives for some seconds, within the strictest of the Pod Security Standards and without a token of the
// cluster's. It is deleted with the object, after Ctrl-C too. Where we are killed, Kubernetes ends it when its lifetime is
// over, and the next run removes what is left of it.
class Pod {
 public:
  struct Plan {
    std::string name, name_space;
    base::Json containers;        // as in a PodSpec; how they are confined is added
    base::Json more = {};         // other fields of a PodSpec: volumes, tolerations, …
    std::chrono::seconds lifetime{180};
  };
  static std::string new_name(std::string const& purpose);  // "helm-coder-psql-1f2e3d"

  // Nothing, and the API server's reason, where it may not be. The client must outlive it and be allowed to delete.
  static std::unique_ptr<Pod> create(Kubernetes&, Plan const&, std::string* why);
  ~Pod();
  Pod(Pod const&) = delete;
  Pod& operator=(Pod const&) = delete;

  // As it is now; null and a reason if that can't be seen.
  base::Json look(std::string* why);
  // Nothing once all its containers run, else why they do not.
  std::optional<Stuck> wait_until_running(std::chrono::seconds limit);
  // What keeps a pod, as `look` saw it, from running: the scheduler says so in its status, the kubelet often only in an event.
  std::string why_not_yet(base::Json const& pod);
  // Nothing, or why it is still there. The destructor does it, too, and is silent.
  std::optional<std::string> remove();

 private:
  Pod(Kubernetes& api, std::string path, std::string uid) : api_(api), path_(std::move(path)), uid_(std::move(uid)) {}
  Kubernetes& api_;
  std::string path_, uid_;
  bool removed_ = false;
};

// Of a containerStatus; nothing where it may still come.
std::optional<Stuck> stuck(base::Json const& container);

}  // namespace clients
