#include "checks/common.h"

namespace checks {
namespace {

// A Secret that a chart brings, a chart may take away: HC307 tells of it. What is left holds what no chart has.
bool is_at_risk(state::Deletion const& deletion) {
  bool const is_secret = deletion.object.kind == "Secret" && deletion.object.group.empty();
  return deletion.holds_data && !is_secret && !deletion.kept && deletion.still_written_as.empty();
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request,
             state::Seen<state::Target> const& target) {
  Outcome out;
  for (auto const& deletion : rehearsal.deletions) {
    if (!is_at_risk(deletion)) continue;
    out.findings.push_back({name_of(deletion.object, request), "", "Helm deletes it, and the data in it goes with it",
                            upgrade_with("--protect", deletion.object, request, target,
                                         Advice{"Annotate it with helm.sh/resource-policy=keep before the upgrade."})});
  }
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const data_kept;
Check const data_kept{.code = "HC308",
                      .name = "data-kept",
                      .severity = Severity::error,
                      .summary = "nothing with volumes or other objects in it is deleted",
                      .page =
#include "data_kept.md.inc"
                      ,
                      .run = on<test>};

}  // namespace checks
