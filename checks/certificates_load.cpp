#include "checks/references.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  for (auto const& each : rehearsal.certificates)
    if (each.mounted && !each.broken.empty())
      out.findings.push_back({name_of(each, request), "", each.broken + " (" + users_of(each) + "): a program that loads it does not start",
                              Advice{"Write the Secret anew with the certificate, its chain behind it, and the key that belongs to it."}});
  note_references(rehearsal, out);
  return out;
}

}  // namespace

extern Check const certificates_load;
Check const certificates_load{.code = "HC420",
                              .name = "certificates-load",
                              .severity = Severity::error,
                              .summary = "every certificate that the pods load is whole and has its key",
                              .page =
#include "certificates_load.md.inc"
                              ,
                              .run = on<test>};

}  // namespace checks
