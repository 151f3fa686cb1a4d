#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  return rejections(rehearsal, request, {state::Cause::conflict},
                    Advice{"Stop the other manager from setting the field, or leave it out of your values; Helm 4 "
                           "takes it over with --force-conflicts."});
}

}  // namespace

extern Check const apply_conflicts;
Check const apply_conflicts{.code = "HC324",
                            .name = "apply-conflicts",
                            .severity = Severity::error,
                            .summary = "no other manager owns a field that the upgrade sets",
                            .page =
#include "apply_conflicts.md.inc"
                            ,
                            .run = on<test>};

}  // namespace checks
