#pragma once

#include <set>
#include <string>

#include "clients/kubernetes.h"
#include "state/seen.h"

namespace collect {

// The names of all Services in a namespace.
state::Seen<std::set<std::string>> services(clients::Kubernetes&, std::string const& name_space);

}  // namespace collect
