#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  for (auto const& each : rehearsal.lost_routes)
    if (each.of_release)
      out.findings.push_back({name_of(each.object, request), each.host, "it leads to " + each.service + ":" + each.port + ", and " + each.why,
                              Advice{"Choose another version of the chart, or bring an Ingress of your own that leads to " +
                                     (each.instead.empty() ? std::string("the Service of the new version") : each.instead) + "."}});
  note_surroundings(rehearsal, out);
  return out;
}

}  // namespace

extern Check const own_routes;
Check const own_routes{.code = "HC313",
                       .name = "own-routes",
                       .severity = Severity::error,
                       .summary = "every Ingress of the release leads somewhere",
                       .page =
#include "own_routes.md.inc"
                       ,
                       .run = on<test>};

}  // namespace checks
