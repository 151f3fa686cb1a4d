#pragma once

#include <string>
#include <vector>

#include "rehearsal/consequences.h"

namespace rehearsal {

// A pod of each workload whose pod template changes, or that lacks pods already, as a dry-run create: quotas and PodSecurity
// reject pods, not the Deployment, and Helm's wait then runs into its time-out. It shows what pods meet, but not as proof: a
// controller asks for the real ones, not this person.
std::vector<state::Trial> pod_trials(Scene const&, Questions&);

bool is_workload(std::string const& kind);

// A pod as the workload's controller would make it, without what the same upgrade brings and a dry run can't find.
base::Json pod_of(base::Json const& workload, Scene const&, std::string const& name_space);

// Whether an old pod goes before its successor comes: then a full quota does not tell that the successor will not fit.
bool makes_room_first(base::Json const& workload);

// Rights that only the wait, the deletions or a rollback need, and that no request of the upgrade itself shows.
// `hooks`: the rights that hooks need.
std::vector<state::Right> rights_beside(Scene const&, std::string const& helm_version, std::vector<state::Right> hooks, Questions&);

}  // namespace rehearsal
