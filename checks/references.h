#pragma once

#include <algorithm>
#include <string>

#include "base/text.h"
#include "checks/common.h"

// For the checks of what pods and Ingresses refer to, and of the certificates among it.
namespace checks {

// What is not there, of what pods can't start without or of what they can. What may be there in time is not verified.
inline Outcome lost_references(state::Rehearsal const& rehearsal, state::Request const& request, bool needed, Advice const& advice) {
  Outcome out;
  for (auto const& each : rehearsal.lost_references) {
    if (each.needed != needed) continue;
    auto const object = name_of(each.object, request);
    if (each.unsure.empty()) {
      out.findings.push_back({object, each.field, "it takes " + each.to + ", and " + each.why, advice});
      continue;
    }
    auto const why = each.to + ": " + (each.why.empty() ? each.unsure : each.why + "; " + each.unsure);
    auto const told = [&](Unverified const& other) { return other.object == object && other.why == why; };
    if (std::none_of(out.unverified.begin(), out.unverified.end(), told)) out.unverified.push_back({object, why, ""});
  }
  return out;
}

inline std::string users_of(state::Certificate const& each) { return "used by " + base::join(each.users, ", "); }
inline std::string name_of(state::Certificate const& each, state::Request const& request) {
  return name_of(state::ObjectId{"Secret", "", each.name_space, each.secret}, request);
}

inline void note_references(state::Rehearsal const& rehearsal, Outcome& out) {
  if (rehearsal.references_seen || !saw_everything(rehearsal)) return note_unreached(rehearsal, saw_everything(rehearsal), out);
  out.unverified.push_back({"", "what the pods and Ingresses refer to was not looked at", ""});
}

}  // namespace checks
