#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  for (auto const& each : rehearsal.lost_routes) {
    if (each.of_release || !each.before) continue;
    auto const to = each.instead.empty() ? std::string("the Service of the new version") : each.instead;
    out.findings.push_back({name_of(each.object, request), each.host,
                            "after the upgrade it leads nowhere: it asks for " + each.service + ":" + each.port + ", and " + each.why,
                            Advice{"Change its backend to " + to + " right after the upgrade; until then nobody gets in through it."}});
  }
  note_surroundings(rehearsal, out);
  return out;
}

}  // namespace

extern Check const routes_kept;
Check const routes_kept{.code = "HC314",
                        .name = "routes-kept",
                        .severity = Severity::warning,
                        .summary = "every other Ingress still leads somewhere afterwards",
                        .page =
#include "routes_kept.md.inc"
                        ,
                        .run = on<test>};

}  // namespace checks
