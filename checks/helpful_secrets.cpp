#include "checks/references.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  auto out = lost_references(rehearsal, request, false, Advice{"Create the Secret, or take its name out of your values."});
  note_references(rehearsal, out);
  return out;
}

}  // namespace

extern Check const helpful_secrets;
Check const helpful_secrets{.code = "HC317",
                            .name = "helpful-secrets",
                            .severity = Severity::warning,
                            .summary = "every Secret for pulling images and for Ingresses is there",
                            .page =
#include "helpful_secrets.md.inc"
                            ,
                            .run = on<test>};

}  // namespace checks
