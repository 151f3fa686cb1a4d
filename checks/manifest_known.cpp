#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal) {
  Outcome out;
  if (rehearsal.ending == state::Ending::manifest) {
    out.findings.push_back(
        {"", "", rehearsal.error.empty() ? "Helm gave no reason" : rehearsal.error,
         Advice{"If it is the installed version's manifest, its record names an API that this Kubernetes no longer "
                "serves, and `helm mapkubeapis` rewrites it; if it is the new version's, that version needs "
                "another Kubernetes or a definition that is not installed."}});
    return out;
  }
  note_unreached(rehearsal, read_manifest(rehearsal), out);
  return out;
}

}  // namespace

extern Check const manifest_known;
Check const manifest_known{.code = "HC303",
                           .name = "manifest-known",
                           .severity = Severity::error,
                           .summary = "the server knows every kind of object",
                           .page =
#include "manifest_known.md.inc"
                           ,
                           .run = on<test>};

}  // namespace checks
