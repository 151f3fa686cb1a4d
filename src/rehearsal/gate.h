#pragma once

#include <vector>

#include "clients/kubernetes.h"

namespace rehearsal {

// Sends requests of ours side by side. What a chart or a live object says may have got into a path: a request that is none
// of those that may leave (path.h) gets no answer.
std::vector<clients::Answer> ask(clients::Kubernetes&, std::vector<clients::Request> const&);

}  // namespace rehearsal
