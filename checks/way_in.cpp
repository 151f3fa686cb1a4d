#include "base/text.h"
#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  std::vector<std::string> before;
  bool left = false;
  for (auto const& entry : rehearsal.entries) {
    left = left || entry.after;
    if (entry.before) before.push_back(name_of(entry.object, request));
  }
  Outcome out;
  if (!before.empty() && !left)
    out.findings.push_back(
        {base::join(before, ", "), "", "the only way in from outside goes, and the new version brings no other",
         Advice{"Give the new version one in your values, coderd.serviceSpec.type: LoadBalancer or, from 1.26 on, "
                "ingress.enable: true, or keep your own Ingress beside the chart."}});
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const way_in;
Check const way_in{.code = "HC310",
                   .name = "way-in",
                   .severity = Severity::error,
                   .summary = "a way in from outside is left",
                   .page =
#include "way_in.md.inc"
                   ,
                   .run = on<test>};

}  // namespace checks
