#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  return rejections(rehearsal, request, {state::Cause::pod_security},
                    Advice{"Set what it names in coderd.podSecurityContext and coderd.securityContext, or lower the "
                           "level of the namespace (label pod-security.kubernetes.io/enforce)."});
}

}  // namespace

extern Check const pod_security;
Check const pod_security{.code = "HC323",
                         .name = "pod-security",
                         .severity = Severity::error,
                         .summary = "the pods fit the namespace's security level",
                         .page =
#include "pod_security.md.inc"
                         ,
                         .run = on<test>};

}  // namespace checks
