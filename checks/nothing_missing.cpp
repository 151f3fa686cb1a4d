#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  return rejections(rehearsal, request, {state::Cause::missing},
                    Advice{"Create what is missing, or correct its name in your values."});
}

}  // namespace

extern Check const nothing_missing;
Check const nothing_missing{.code = "HC325",
                            .name = "nothing-missing",
                            .severity = Severity::error,
                            .summary = "everything that the objects refer to is there",
                            .page =
#include "nothing_missing.md.inc"
                            ,
                            .run = on<test>};

}  // namespace checks
