#pragma once

#include <string>
#include <vector>

#include "rehearsal/consequences.h"

namespace rehearsal {

// A pod of each workload whose pod template changes, or that lacks pods already, as a dry-run create: quotas and PodSecurity
// reject pods, not the Deployment, and Helm's wait then runs into its time-out. It shows what pods meet, but not as proof: a
// controller asks for the real ones, not this person.
std::vector<state::Trial> pod_trials(Scene const&, Questions&);

// The objects of the hooks that this upgrade runs, each as a dry-run create. `release`: the new release's record.
std::vector<state::Trial> hook_trials(Scene const&, base::Json const& release, Questions&);

// Rights that only the wait, the deletions or a rollback need, and that no request of the upgrade itself shows.
std::vector<state::Right> rights_beside(Scene const&, std::string const& helm_version, Questions&);

}  // namespace rehearsal
