#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "clients/kubernetes.h"

namespace clients {

// A port of a pod as a Unix socket in a folder of ours: what `kubectl port-forward` does, but through the `kubectl proxy`
// that runs already, and nobody else on this machine gets in. For one connection, while the object lives.
class Tunnel {
 public:
  struct Pod {
    std::string name_space, name;
    int port = 0;
  };
  struct Failure {
    int status = 0;     // HTTP; 0: no answer
    std::string words;  // why, fit for a person
  };

  // `socket`: the name of the Unix socket. Needs the right to `get` pods/portforward (kubectl itself needs `create`), and
  // takes `limit` at most.
  static std::unique_ptr<Tunnel> open(Kubernetes const&, Pod const&, std::string const& socket, std::chrono::milliseconds limit, Failure*);
  ~Tunnel();
  std::string const& folder() const;
  std::string trouble() const;  // what the kubelet said went wrong since; empty if nothing did

 private:
  struct Parts;
  explicit Tunnel(std::unique_ptr<Parts>);
  std::unique_ptr<Parts> parts_;
};

}  // namespace clients
