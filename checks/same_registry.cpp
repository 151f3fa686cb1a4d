#include "checks/images.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  for (auto const& each : rehearsal.images)
    if (!each.registry_before.empty() && each.found != state::Judgement::rejected)
      out.findings.push_back({name_of(each.object, request), "", "image " + each.image + " is not from " + each.registry_before + ", where the release's images come from now",
                              Advice{"If the nodes reach only " + each.registry_before + ", bring the image there and set its name in your values."}});
  note_images(rehearsal, out);
  return out;
}

}  // namespace

extern Check const same_registry;
Check const same_registry{.code = "HC333",
                          .name = "same-registry",
                          .severity = Severity::warning,
                          .summary = "new images come from the registries that are in use",
                          .page =
#include "same_registry.md.inc"
                          ,
                          .run = on<test>};

}  // namespace checks
