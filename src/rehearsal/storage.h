#pragma once

#include "rehearsal/consequences.h"

namespace rehearsal {

// Whether there is a storage class, or a free volume, for each claim that the upgrade makes: those of its manifest, and those
// that StatefulSets make of their templates. Fills `unserved`.
void look_at_storage(Scene const&, Questions&, state::Rehearsal&);

}  // namespace rehearsal
