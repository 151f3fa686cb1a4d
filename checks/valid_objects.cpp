#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  return rejections(rehearsal, request,
                    {state::Cause::invalid, state::Cause::exists, state::Cause::other, state::Cause::none},
                    Advice{"Change the value that leads to it, or take another version of the chart."});
}

}  // namespace

extern Check const valid_objects;
Check const valid_objects{.code = "HC320",
                          .name = "valid-objects",
                          .severity = Severity::error,
                          .summary = "the server finds every object valid",
                          .page =
#include "valid_objects.md.inc"
                          ,
                          .run = on<test>};

}  // namespace checks
