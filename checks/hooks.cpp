#include "checks/common.h"

namespace checks {
namespace {

using state::Judgement;

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  for (auto const& trial : rehearsal.trials) {
    auto const object = name_of(trial.object, request);
    auto const message = trial.what + ": " + trial.verdict.message;
    if (!trial.hook || trial.verdict.judgement == Judgement::accepted) continue;
    if (trial.verdict.judgement == Judgement::not_verified) {
      out.unverified.push_back({object, message, trial.verdict.tell});
    } else {
      out.findings.push_back(
          {object, "", message,
           Advice{"Remove what is in its way; --no-hooks leaves all hooks out, if you know that none is needed."}});
    }
  }
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const hooks;
Check const hooks{.code = "HC327",
                  .name = "hooks",
                  .severity = Severity::error,
                  .summary = "the hooks can be created",
                  .page =
#include "hooks.md.inc"
                  ,
                  .run = on<test>};

}  // namespace checks
