#include <algorithm>

#include "checks/common.h"

namespace checks {
namespace {

using state::Judgement;

void add(std::string const& object, state::Verdict const& verdict, std::string const& what, Outcome& out) {
  auto const why = verdict.message.empty() ? what + " could not be judged" : verdict.message;
  auto const known = [&](Unverified const& each) { return each.object == object && each.why == why; };
  if (std::none_of(out.unverified.begin(), out.unverified.end(), known))
    out.unverified.push_back({object, why, verdict.tell});
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  for (auto const& write : rehearsal.writes)
    if (write.verdict.judgement == Judgement::not_verified)
      add(name_of(write.object, request), write.verdict, "its " + write.verb, out);
  for (auto const& deletion : rehearsal.deletions)
    if (!deletion.kept && deletion.permission.judgement == Judgement::not_verified)
      add(name_of(deletion.object, request), deletion.permission, "its deletion", out);
  for (auto const& trial : rehearsal.trials) {
    // That this person may not create a pod says nothing about the controller that will.
    bool const not_ours =
        trial.verdict.judgement == Judgement::rejected && trial.verdict.cause == state::Cause::forbidden;
    if (!trial.hook && (trial.verdict.judgement == Judgement::not_verified || not_ours))
      add(name_of(trial.object, request), trial.verdict, trial.what + " of it", out);
  }
  for (auto const& outside : rehearsal.outside)
    out.unverified.push_back({outside, "it runs outside the rehearsal, so what it does could not be judged", ""});
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const judged;
Check const judged{.code = "HC328",
                   .name = "judged",
                   .severity = Severity::warning,
                   .summary = "every request was judged",
                   .page =
#include "judged.md.inc"
                   ,
                   .run = on<test>};

}  // namespace checks
