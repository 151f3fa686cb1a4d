#pragma once

#include <optional>
#include <string>

#include "base/json.h"

namespace rehearsal {

// A Helm that moves a release to server-side apply first makes the fields that its manager "helm" has written before into
// applied ones, by a JSON patch of managedFields. An apply then takes away what Helm no longer applies and nobody else has.
// A dry run of the apply can't show that: in the cluster the fields are not handed over.

// The managedFields that such a JSON patch writes; null if it is none.
base::Json handed_over(std::string const& json_patch);

// What becomes of the object that the dry run of an apply has made, `answer`. `config` is what was applied.
struct Handover {
  base::Json left;                   // `answer` without what goes
  std::optional<std::string> patch;  // a JSON patch that makes `answer` so; nothing where nothing goes
  bool takes_structs = false, takes_lists = false;  // not only single fields
  bool empties = false;              // a list or struct is still applied, and nothing is left in it
  bool same_version = true;          // Helm has written it in the version in which it is applied
};
Handover after_handover(base::Json const& answer, base::Json const& managed_fields, base::Json const& config);

// The object as the next request finds it: "helm" has no fields left that it would have to hand over.
void forget_own_updates(base::Json& object);

}  // namespace rehearsal
