#include "checks/references.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  auto out = lost_references(rehearsal, request, true,
                             Advice{"Create it before the upgrade, or correct its name in your values: the pods wait for it and Helm's wait runs out."});
  note_references(rehearsal, out);
  return out;
}

}  // namespace

extern Check const referenced_objects;
Check const referenced_objects{.code = "HC316",
                               .name = "referenced-objects",
                               .severity = Severity::error,
                               .summary = "every Secret, ConfigMap and claim that the pods need is there",
                               .page =
#include "referenced_objects.md.inc"
                               ,
                               .run = on<test>};

}  // namespace checks
