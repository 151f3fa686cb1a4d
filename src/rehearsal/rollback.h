#pragma once

#include <vector>

#include "rehearsal/consequences.h"
#include "rehearsal/rehearse.h"

namespace rehearsal {

// Rehearses Helm's rollback of a failed upgrade from the states in which it can be needed: before any object is written
// (a hook fails), after the first rejection, and after everything (the wait times out). `upgrade`: helm's arguments for
// it, to be played again truthfully (as `direction` says) where a request is rejected. `release`: the record that the upgrade wrote.
std::vector<state::Rollback> rehearse_rollbacks(Script const&, Scene const&, std::vector<state::Write> const& writes,
                                                std::vector<std::string> const& upgrade, base::Json const& release, Direction direction, Rehearser&, clients::Kubernetes& api);

}  // namespace rehearsal
