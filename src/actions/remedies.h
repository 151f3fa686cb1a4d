#pragma once

#include <string>
#include <vector>

#include "actions/plan.h"
#include "state/rehearsal.h"
#include "state/request.h"

namespace actions {

enum class How { adopt, protect, recreate };
std::string_view name_of(How);  // "adopt"

// Which remedies were chosen, as KIND/NAME.
struct Choice {
  std::vector<std::string> adopt, protect, recreate;
  bool empty() const { return adopt.empty() && protect.empty() && recreate.empty(); }
  bool operator==(Choice const&) const = default;
};

bool says_all(state::Request const&);

// What was asked for, with `all` replaced by what the rehearsal names. Never by `all`: the object of another release that
// lives or of another manager, and of what holds data more than the name of the object is needed.
Choice choose(state::Request const&, state::Rehearsal const&);

// A chosen remedy on an object that is there.
struct Remedy {
  How how = How::adopt;
  Object object;
  base::Json live;                      // as it stands
  base::Json next;                      // a Service: what is made in its place
  std::vector<Object> dependents;       // by ownerReference
  bool foreign = false;                 // it is not the release's, and is adopted by being made anew
};

// Whether the rehearsal met this object as one that is not the release's.
bool is_foreign(state::ObjectId const&, state::Rehearsal const& rehearsed);

// Why it must not be done, as a sentence; empty: it may. `rehearsed` is what a rehearsal without remedies saw.
std::string refused(Remedy const&, state::Request const&, state::Rehearsal const& rehearsed);

// With server-side apply, what others wrote into an adopted object is taken over only by force. True if that is needed, and
// would take over nothing else.
bool needs_force(std::vector<Remedy> const&, state::Rehearsal const& rehearsed);

// What can be deleted and made anew without losing what only it holds.
bool may_be_recreated(state::ObjectId const&);

// The marks that a remedy writes, and what the object has in their place.
Mark adoption(Object const&, base::Json const& live, state::Request const&);
Mark protection(Object const&, base::Json const& live);
bool protects(Mark const&);  // it writes helm.sh/resource-policy=keep
// Takes helm.sh/resource-policy off again, if it was not there before.
std::optional<Mark> without_protection(Mark const&);

// The Service that takes another's place: as the chart has it, owned by the release, with what the server had allocated
// where the chart leaves it open. `base` is the object of the old manifest, null if it has none.
base::Json service_anew(base::Json const& target, base::Json const& live, base::Json const& base, state::Request const&);

// How the garbage collector treats what belongs to the object.
std::string propagation_for(state::ObjectId const&);

}  // namespace actions
