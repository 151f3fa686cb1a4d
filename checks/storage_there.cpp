#include "checks/common.h"

namespace checks {
namespace {

void describe(state::Unserved const& each, state::Request const& request, Outcome& out) {
  auto const object = name_of(each.object, request);
  if (!each.unsure.empty()) {
    out.unverified.push_back({object, each.why.empty() ? each.unsure : each.why + "; " + each.unsure,
                              "Make sure that you may list StorageClasses, PersistentVolumes and the namespace's PersistentVolumeClaims."});
    return;
  }
  auto const waits = each.set.empty() ? "what uses it does not start" : "the pods of " + each.set + " do not start";
  out.findings.push_back({object, "spec.storageClassName", each.why + ": it stays Pending, and " + waits,
                          Advice{"Name a storage class of this cluster in your values (`kubectl get storageclass` lists them), or make the class first."}});
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  for (auto const& each : rehearsal.unserved) describe(each, request, out);
  if (rehearsal.storage_seen || !saw_everything(rehearsal)) note_unreached(rehearsal, saw_everything(rehearsal), out);
  else out.unverified.push_back({"", "storage for new claims was not looked at", ""});
  return out;
}

}  // namespace

extern Check const storage_there;
Check const storage_there{.code = "HC334",
                          .name = "storage-there",
                          .severity = Severity::error,
                          .summary = "there is storage for every claim that the upgrade makes",
                          .page =
#include "storage_there.md.inc"
                          ,
                          .run = on<test>};

}  // namespace checks
