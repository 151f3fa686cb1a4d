#pragma once

#include "rehearsal/consequences.h"

namespace rehearsal {

// What the upgrade meets in the namespace besides what it writes: Ingresses, the release's own and others', whose backends
// lead nowhere afterwards, and workloads of the release that do not run as they should now. Fills `lost_routes`, `unready`
// and whether and why not they were seen. Returns the Ingresses that are not the release's but lead to it afterwards.
std::vector<base::Json> look_around(Scene const&, Questions&, state::Rehearsal&);

}  // namespace rehearsal
