#pragma once

#include <optional>

#include "clients/helm.h"
#include "clients/kubernetes.h"
#include "state/seen.h"
#include "state/tools.h"

namespace collect {

// Each is one call of the program or the API, about 40 ms for a program; they may run side by side.
state::Seen<state::Helm> helm(std::optional<clients::Helm> const&);  // nothing: there is none
state::Kubectl kubectl();  // where it is; asking for its version would take as long as all else before the rehearsal
state::Seen<state::Cluster> cluster(clients::Kubernetes&);

}  // namespace collect
