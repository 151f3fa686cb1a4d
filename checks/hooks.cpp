#include "checks/common.h"

namespace checks {
namespace {

using state::Judgement;

// It can be created; what it then does is seen only when it does it.
bool runs(state::ObjectId const& object) { return object.kind == "Job" || object.kind == "Pod"; }

void judge(state::Trial const& trial, std::string const& object, Outcome& out) {
  auto const message = trial.what + ": " + trial.verdict.message;
  if (trial.verdict.judgement == Judgement::rejected)
    out.findings.push_back(
        {object, "", message,
         Advice{"Remove what is in its way; --no-hooks leaves all hooks out, if you know that none is needed."}});
  else if (trial.verdict.judgement == Judgement::not_verified)
    out.unverified.push_back({object, message, trial.verdict.tell});
  else if (runs(trial.object))
    out.unverified.push_back({object, trial.what + ": it can be created, but whether it ends well shows only when it runs", ""});
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  for (auto const& trial : rehearsal.trials)
    if (trial.hook) judge(trial, name_of(trial.object, request), out);
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const hooks;
Check const hooks{.code = "HC327",
                  .name = "hooks",
                  .severity = Severity::error,
                  .summary = "the hooks do their work",
                  .page =
#include "hooks.md.inc"
                  ,
                  .run = on<test>};

}  // namespace checks
