#pragma once

#include <string>
#include <string_view>

#include "rehearsal/recorded.h"
#include "state/rehearsal.h"

namespace rehearsal {

// The verdict that the API server's answer to a dry run means. `secret`: the object may hold secrets, and the server likes
// to repeat values. What it says of a 403 is provisional: `rights_or_admission` tells them apart.
state::Verdict judge(Recorded const&);

// A 403 of a request that the person may send is admission's: a quota, PodSecurity, a webhook or a policy.
enum class May { yes, no, unknown };
void rights_or_admission(state::Verdict&, May);

// Whether this is what the API server answers to a dry run that it accepts.
bool is_kubernetes_object(base::Json const&);

// The object that a write is about. `kind` is taken from what is known of the object.
state::ObjectId object_of(Recorded const&);

// A message of the API server without the values that it repeats: "Invalid value: \"x\": field is immutable" becomes
// "field is immutable".
std::string without_values(std::string_view message);

}  // namespace rehearsal
