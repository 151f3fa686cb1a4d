#pragma once

#include <map>
#include <vector>

#include "base/json.h"
#include "rehearsal/layer.h"
#include "state/rehearsal.h"

namespace rehearsal {

// What has become of each object when the upgrade has failed, and when its rollback has ended, from the layers as they
// stood then. `live`: the objects as they were read from the cluster. Helm's records are left out, and what never differed.
std::vector<state::Aftermath> aftermath_of(Layer const& failed, Layer const& rolled_back, std::map<Key, base::Json> const& live);

}  // namespace rehearsal
