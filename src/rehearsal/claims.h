#pragma once

#include "rehearsal/consequences.h"

namespace rehearsal {

// The claims for storage that StatefulSets of the release have: which of them nothing uses after the upgrade, and which stay
// smaller, or of another class, than the new version wants them. Fills `claims`.
void look_at_claims(Scene const&, Questions&, state::Rehearsal&);

}  // namespace rehearsal
