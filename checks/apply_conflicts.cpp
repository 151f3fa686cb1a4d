#include <algorithm>

#include "checks/common.h"

namespace checks {
namespace {

// Whose the object is comes first (HC304), and whoever adopts it takes over its fields.
bool is_foreign(state::Write const& write, state::Rehearsal const& rehearsal) {
  return std::any_of(rehearsal.ownership.begin(), rehearsal.ownership.end(),
                     [&](auto const& owned) { return owned.object == write.object; });
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  auto ours = rehearsal;
  std::erase_if(ours.writes, [&](auto const& write) {
    return write.verdict.cause == state::Cause::conflict && is_foreign(write, rehearsal);
  });
  return rejections(ours, request, {state::Cause::conflict},
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
