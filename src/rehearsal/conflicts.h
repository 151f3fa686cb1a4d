#pragma once

#include <string>

#include "rehearsal/recorded.h"

namespace rehearsal {

// A Helm that moves a release to server-side apply first hands the fields of its own manager "helm" over, by a JSON patch
// of managedFields. The dry run of the apply that follows does not see that, and reports conflicts that Helm won't meet.
// What is left of a 409 without them: nothing (status 0) if they were all.
Reply without_own_conflicts(Reply const& conflict);

// The same for conflicts over the marks of ownership: while foreign objects are looked past, adopting them settles those.
Reply without_ownership_conflicts(Reply const& conflict);

}  // namespace rehearsal
