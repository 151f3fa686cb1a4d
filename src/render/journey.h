#pragma once

#include <string>

#include "base/json.h"
#include "journey/journey.h"
#include "render/report.h"

namespace render {

struct Planned {
  journey::Journey const& journey;
  state::Request const& request;
  std::string kubernetes;  // the cluster's version; empty: not known
};

std::string journey_table(Planned const&, Look);
std::string journey_markdown(Planned const&);

// {"format": "helm-coder-journey/1", …}, as docs/plan.md describes it.
base::Json journey_json(Planned const&);

}  // namespace render
