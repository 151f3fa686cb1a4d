#pragma once

#include <string>

#include "clients/kubernetes.h"
#include "state/coder.h"
#include "state/request.h"
#include "state/seen.h"

namespace collect {

// The Helm releases of workspace providers and of satellites in this cluster: by the objects that each of them has, in all
// namespaces, or in the release's own where the person may not list them in all; then by Helm's records of those releases.
// `provider_chart`: the name of a provider's chart.
state::Seen<state::Family> family(clients::Kubernetes&, state::Request const&, std::string const& provider_chart);

}  // namespace collect
