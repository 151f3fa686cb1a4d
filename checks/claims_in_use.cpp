#include "checks/common.h"

namespace checks {
namespace {

void describe(state::Claim const& claim, state::Request const& request, Outcome& out) {
  auto const object = name_of(claim.object, request);
  if (!claim.unsure.empty()) {
    out.unverified.push_back({claim.set, claim.unsure, "Make sure that you may list PersistentVolumeClaims there."});
  } else if (claim.field.empty()) {
    out.findings.push_back({object, "", "nothing uses it after the upgrade: " + claim.set + " goes, or asks for other claims. It stays, with its data, and the new version does not see them",
                            Advice{"Bring the data over first if they are still needed; when they are not, delete the claim after the upgrade."}});
  } else if (claim.field == "size") {
    out.findings.push_back({object, "spec.resources.requests.storage",
                            "it stays at " + claim.is + ": that " + claim.set + " wants " + claim.wanted + " now makes only new claims larger, also when the set is made anew",
                            Advice{"Where its storage class allows it, enlarge the claim itself, with `kubectl edit pvc`."}});
  } else {
    out.findings.push_back({object, "spec.storageClassName",
                            "it stays in class " + (claim.is.empty() ? "\"\"" : claim.is) + ": that " + claim.set + " wants " + claim.wanted + " now counts for new claims only",
                            Advice{"Set the class that it has in your values, or bring the data over into a new claim."}});
  }
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  for (auto const& claim : rehearsal.claims) describe(claim, request, out);
  if (rehearsal.claims_seen || !saw_everything(rehearsal)) note_unreached(rehearsal, saw_everything(rehearsal), out);
  else out.unverified.push_back({"", "the claims of StatefulSets were not looked at", ""});
  return out;
}

}  // namespace

extern Check const claims_in_use;
Check const claims_in_use{.code = "HC331",
                          .name = "claims-in-use",
                          .severity = Severity::warning,
                          .summary = "every claim of a StatefulSet stays in use, as the new version wants it",
                          .page =
#include "claims_in_use.md.inc"
                          ,
                          .run = on<test>};

}  // namespace checks
