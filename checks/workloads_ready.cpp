#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  for (auto const& each : rehearsal.unready) {
    auto const count = std::to_string(each.ready) + " of " + std::to_string(each.wanted) + " pods are ready";
    out.findings.push_back({name_of(each.object, request), "", each.why.empty() ? count : count + "; " + each.why,
                            Advice{"Repair it first: Helm waits for it after the upgrade too, and what fails then looks as if the upgrade had failed."}});
  }
  note_surroundings(rehearsal, out);
  return out;
}

}  // namespace

extern Check const workloads_ready;
Check const workloads_ready{.code = "HC312",
                            .name = "workloads-ready",
                            .severity = Severity::warning,
                            .summary = "what the release runs is ready before the upgrade",
                            .page =
#include "workloads_ready.md.inc"
                            ,
                            .run = on<test>};

}  // namespace checks
