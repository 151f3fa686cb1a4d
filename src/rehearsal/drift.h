#pragma once

#include <string>
#include <vector>

#include "rehearsal/consequences.h"
#include "rehearsal/fields.h"

namespace rehearsal {

// Fields that the release's manifest sets, that are something else in the cluster, and that the upgrade overwrites. What the
// manifest leaves to the API server is not looked at, nor what a failed upgrade has written since.
std::vector<state::Drift> drifts_of(Scene const&, Questions&);

// Who wrote a field last, by the object's managedFields. Nobody where that can't be told: no one but Helm owns it, since a
// change through a subresource is not always recorded.
struct Author {
  std::string manager, since;  // "kubectl-edit", RFC 3339
};
Author author_of(base::Json const& object, FieldPath const&);

}  // namespace rehearsal
