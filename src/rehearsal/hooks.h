#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rehearsal/consequences.h"

namespace rehearsal {

// An object of a hook that Helm makes.
struct Hook {
  std::string event;  // "pre-upgrade"
  std::vector<std::string> delete_policies;
  Rendered object;

  bool has(std::string_view policy) const;  // without any, Helm takes "before-hook-creation"
};

// Of a record's list of hooks, those that an operation runs: "upgrade", "install" or "rollback".
std::vector<Hook> hooks_of(base::Json const& hooks, std::string_view operation);

// What Helm does for an upgrade to this new release.
std::string_view operation_of(base::Json const& release, bool has_base);

// Each object of the hooks as a dry-run create. One that is left over from before counts by its delete policy. `applies`: Helm
// makes them by server-side apply, and goes over it.
std::vector<state::Trial> hook_trials(Scene const&, std::vector<Hook> const&, bool applies, Questions&);

// The same of a rollback, which comes after the upgrade's own hooks.
std::vector<state::Trial> rollback_hook_trials(Scene const&, std::vector<Hook> const&, std::vector<Hook> const& of_the_upgrade, bool applies,
                                               Questions&);

// What Helm does with hooks beside creating them: it deletes them by their policy, and waits for Jobs and Pods. Still to be
// asked for.
std::vector<state::Right> hook_rights(Scene const&, std::vector<Hook> const&, Questions&);

}  // namespace rehearsal
