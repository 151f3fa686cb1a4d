#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "clients/helm.h"
#include "collect/release.h"
#include "state/release.h"
#include "state/request.h"

namespace collect {

// The values of the release's base, or why they are not known.
state::Seen<state::Values> values(FoundRelease const&);

// What a person set, fit for the state: values.cpp lists the keys whose text or number is known to hold no secret.
state::Values flatten(base::Json const& config);

// Whether a value may be shown: it is empty or a boolean, or its key is one of those that are known to hold no secret.
bool may_be_shown(std::vector<std::string> const& path, base::Json const& value);

// The values of a record for `helm upgrade -f`. It is JSON, which is YAML, and number for number what Helm has on record.
std::string values_text(Record const&);

// The same for a person to keep: the YAML that `helm get values` prints.
std::optional<std::string> save_values(clients::Helm const&, state::Request const&, int revision,
                                       std::string const& path);

}  // namespace collect
