#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  return rejections(rehearsal, request, {state::Cause::admission},
                    Advice{"Follow its words, or ask whoever runs it for an exception."});
}

}  // namespace

extern Check const admission;
Check const admission{.code = "HC321",
                      .name = "admission",
                      .severity = Severity::error,
                      .summary = "no webhook or policy refuses an object",
                      .page =
#include "admission.md.inc"
                      ,
                      .run = on<test>};

}  // namespace checks
