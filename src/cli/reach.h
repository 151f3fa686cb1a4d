#pragma once

#include <memory>
#include <string>

#include "clients/kubernetes.h"
#include "collect/release.h"
#include "state/request.h"
#include "state/tools.h"

namespace cli {

// A cluster that is only looked at. The proxy outlives the connection through it.
struct Reached {
  std::unique_ptr<clients::Proxy> proxy;
  std::unique_ptr<clients::Kubernetes> api;
  state::Seen<state::Cluster> cluster;
};

// Throws std::runtime_error with a sentence that ends in `otherwise`, what else a person can do, where there is no way to it.
Reached reach(state::Request const&, std::string const& otherwise);

// "there is no release coder in namespace x, but one in y: …".
std::string no_release(state::Release const&, std::string const& otherwise);

}  // namespace cli
