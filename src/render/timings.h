#pragma once

#include <string>
#include <vector>

#include "base/timeline.h"

namespace render {

// A request to the API server, as the rehearsal sent it.
struct RequestTime {
  std::string what;  // "GET /api/v1/namespaces/coder/services/coderd"
  int status = 0;
  double seconds = 0;
};

// Where the time went: a line for each phase, how many requests Helm made and how many went to the API server, and the slowest
// of these.
std::string timings(std::vector<base::Timeline::Phase> const&, std::vector<RequestTime> const& slowest, std::size_t from_helm, std::size_t to_server);

}  // namespace render
