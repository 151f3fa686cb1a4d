#pragma once

#include <string>
#include <variant>
#include <vector>

#include "clients/helm.h"
#include "state/request.h"
#include "state/seen.h"
#include "state/tools.h"

namespace collect {

// The chart that the upgrade would install, fetched once: the same archive is rehearsed and installed.
struct Pulled {
  std::string chart;   // for Helm: the archive, or the folder that was named
  std::string choice;  // how the version was chosen, for the person: "1.21.7, the newest of 1.21"
  state::Target target;
};

// Chooses the version and pulls the chart into `folder`; a local chart stays where it is. `chart_flags` as they were
// given
// (--repo, --username, …).
state::Seen<Pulled> target(clients::Helm const&, state::Request const&, std::vector<std::string> const& chart_flags,
                           state::Seen<state::Repository> const&, std::string const& folder);

}  // namespace collect
