#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  return rejections(
      rehearsal, request, {state::Cause::quota},
      Advice{"Raise the quota, or ask for less in your values; `kubectl describe resourcequota` shows what is used."});
}

}  // namespace

extern Check const quota;
Check const quota{.code = "HC322",
                  .name = "quota",
                  .severity = Severity::error,
                  .summary = "quotas leave room for the upgrade",
                  .page =
#include "quota.md.inc"
                  ,
                  .run = on<test>};

}  // namespace checks
