#pragma once

#include <algorithm>
#include <array>

#include "checks/common.h"

// For the checks of images.
namespace checks {

// An older recording has none although pods are written.
inline void note_images(state::Rehearsal const& rehearsal, Outcome& out) {
  if (!saw_everything(rehearsal)) return note_unreached(rehearsal, false, out);
  static constexpr std::array kinds = {"Deployment", "StatefulSet", "DaemonSet", "Job"};
  auto const has_pods = [](state::Write const& write) { return std::find(kinds.begin(), kinds.end(), write.object.kind) != kinds.end(); };
  if (rehearsal.images.empty() && std::any_of(rehearsal.writes.begin(), rehearsal.writes.end(), has_pods))
    out.unverified.push_back({"", "the images of the new version were not looked at", ""});
}

}  // namespace checks
