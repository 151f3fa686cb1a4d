#include "checks/common.h"

namespace checks {
namespace {

// What a Secret held may be wanted again, and the chart may have made it once and for all.
Finding describe(state::Deletion const& deletion, state::Request const& request,
                 state::Seen<state::Target> const& target) {
  auto const object = name_of(deletion.object, request);
  Advice const advice{"Nothing is to be done if nobody needs it any more; --protect keeps it."};
  std::string const message = "the new version does not have it, so Helm deletes it";
  if (!deletion.holds_data) return {object, "", message, advice};
  return {object, "", message + ", and what it holds goes with it",
          upgrade_with("--protect", deletion.object, request, target, advice)};
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request,
             state::Seen<state::Target> const& target) {
  Outcome out;
  for (auto const& deletion : rehearsal.deletions) {
    if (deletion.kept || !deletion.still_written_as.empty()) continue;  // what the new version still has is HC306's
    out.findings.push_back(describe(deletion, request, target));
  }
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const deletions;
Check const deletions{.code = "HC307",
                      .name = "deletions",
                      .severity = Severity::warning,
                      .summary = "nothing is deleted",
                      .page =
#include "deletions.md.inc"
                      ,
                      .run = on<test>};

}  // namespace checks
