#pragma once

#include <optional>

#include "base/json.h"
#include "rehearsal/rehearse.h"
#include "rehearsal/rehearser.h"

namespace rehearsal {

// The record of the new revision as the run left it on the stage, and the release that it holds. Nothing if it left none.
base::Json const* new_record(Script const&, Played const&);
std::optional<base::Json> new_release(Script const&, Played const&);

// Helm met an object that is not the release's.
bool stopped_at_ownership(Run const&);

// Where the truthful run ended. `locked`: the release's record says that another operation holds it.
state::Ending ending_of(Run const&, Script const&, bool locked);

}  // namespace rehearsal
