#include "checks/references.h"

namespace checks {
namespace {

std::string made_for(state::Certificate const& each) {
  return each.names.empty() ? "it names no host at all" : "it is made for " + base::join(each.names, ", ");
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  for (auto const& each : rehearsal.certificates) {
    auto const object = name_of(each, request);
    if (!each.mounted && !each.broken.empty())
      out.findings.push_back({object, "", each.broken + " (" + users_of(each) + "): the controller serves its own certificate instead",
                              Advice{"Write the Secret anew with the certificate, its chain behind it, and the key that belongs to it."}});
    for (auto const& host : each.unmatched)
      out.findings.push_back({object, host, "the certificate is not for it: " + made_for(each) + " (" + users_of(each) + ")",
                              Advice{"Get a certificate that names " + host + " in its subjectAltName, or correct the host."}});
  }
  note_references(rehearsal, out);
  return out;
}

}  // namespace

extern Check const certificates_fit;
Check const certificates_fit{.code = "HC422",
                             .name = "certificates-fit",
                             .severity = Severity::warning,
                             .summary = "every certificate is for the hosts that it stands for",
                             .page =
#include "certificates_fit.md.inc"
                             ,
                             .run = on<test>};

}  // namespace checks
