#include <algorithm>

#include "checks/common.h"

namespace checks {
namespace {

void judge(state::Rollback const& rollback, state::Request const& request, Outcome& out) {
  if (!rollback.tried) {
    auto const why =
        rollback.why_not_tried.empty() ? "a rollback from there was not rehearsed" : rollback.why_not_tried;
    return out.unverified.push_back({rollback.from, why, ""});
  }
  Advice const advice{
      "Take a snapshot of the database first, and know that after a failure `helm coder recover` has to find the way."};
  if (!rollback.works) {  // Helm's words name every refused request; from another state they are often the same
    auto const message = "Helm's rollback would fail: " + (rollback.error.empty() ? "it gives no reason" : rollback.error);
    auto const said = std::find_if(out.findings.begin(), out.findings.end(), [&](auto const& each) { return each.message == message; });
    if (said == out.findings.end()) return out.findings.push_back({rollback.from, "", message, advice});
    said->object += "; " + rollback.from;
    return;
  }
  for (auto const& write : rollback.rejected)
    out.findings.push_back({name_of(write.object, request), "",
                            "in the rollback " + rollback.from + ", the server refuses it: " + write.verdict.message,
                            advice});
  for (auto const& object : rollback.unproven)
    out.unverified.push_back({name_of(object, request),
                              "in the rollback " + rollback.from +
                                  ", the server judged it as it is now, not as the upgrade would have left it",
                              ""});
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request, state::Release const& release) {
  Outcome out;
  if (release.base == 0) return out;  // a failed installation is removed, there is nothing to go back to
  for (auto const& rollback : rehearsal.rollbacks) judge(rollback, request, out);
  if (rehearsal.rollbacks.empty()) out.unverified.push_back({"", "no rollback was rehearsed", ""});
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const rollback_possible;
Check const rollback_possible{.code = "HC340",
                              .name = "rollback-possible",
                              .severity = Severity::warning,
                              .summary = "a failed upgrade could be rolled back",
                              .page =
#include "rollback_possible.md.inc"
                              ,
                              .run = on<test>};

}  // namespace checks
