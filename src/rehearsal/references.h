#pragma once

#include <vector>

#include "rehearsal/hooks.h"
#include "rehearsal/referrals.h"

namespace rehearsal {

// Somebody who refers to something.
struct Referred {
  state::ObjectId by;
  base::Json const* object = nullptr;  // who it is
  Referral to;
  Key key;  // of what it refers to
};

// What of it was found.
struct Lookup {
  base::Json object;   // null where it is not there, or was not seen
  std::string why;     // why it is not there
  std::string unseen;  // why it could not be looked at
};

// Whether the Secrets, ConfigMaps and claims that the new version's pods, hooks and Ingresses refer to are there: live, or
// brought by the upgrade. `others`: Ingresses that are not the release's, but lead to it. `values`: as a person set them. Fills what the state knows of
// references and of certificates; what a Secret holds does not get there.
void look_at_references(Scene const&, std::vector<Hook> const&, std::vector<base::Json> const& others, base::Json const& values, Questions&, state::Rehearsal&);

}  // namespace rehearsal
