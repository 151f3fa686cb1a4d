#include <map>

#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  std::map<std::string, std::string> lost;  // by name: the same Ingress may be seen under two API groups
  for (auto const& entry : rehearsal.entries)
    if (entry.before && !entry.after && !entry.address.empty()) lost.emplace(name_of(entry.object, request), entry.address);
  for (auto const& deletion : rehearsal.deletions)
    if (!deletion.kept && !deletion.external_address.empty())
      lost.emplace(name_of(deletion.object, request), deletion.external_address);
  Outcome out;
  for (auto const& [object, address] : lost)
    out.findings.push_back({object, "", "people come in by " + address + ", which goes with it",
                            Advice{"Know the new address and who has to change DNS and firewalls before you start."}});
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const addresses_kept;
Check const addresses_kept{.code = "HC309",
                           .name = "addresses-kept",
                           .severity = Severity::warning,
                           .summary = "every address for the outside stays",
                           .page =
#include "addresses_kept.md.inc"
                           ,
                           .run = on<test>};

}  // namespace checks
