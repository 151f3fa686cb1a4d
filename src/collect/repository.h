#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "clients/helm.h"
#include "state/seen.h"
#include "state/tools.h"

namespace collect {

// Whether Helm takes it for a folder or an archive here: what is there wins over a repository, unless `--repo` is
// given.
bool is_local(std::string const& chart, std::vector<std::string> const& chart_flags);

// Whether Helm takes it for REPO/NAME of an added repository: not what is there as a file or a folder, no URL, and no
// `--repo` among the flags that were given.
bool is_from_repository(std::string const& chart, std::vector<std::string> const& chart_flags);

// What Helm knows of the repository of a chart, without asking it over the network. `now`: Unix seconds.
state::Seen<state::Repository> repository(clients::Helm const&, std::string const& chart,
                                          std::vector<std::string> const& chart_flags, std::int64_t now);

// "https://user:password@host/path?token=x" → "https://host/path".
std::string without_credentials(std::string const& url);

}  // namespace collect
