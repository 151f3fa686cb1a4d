#include <algorithm>

#include "base/text.h"
#include "checks/common.h"

namespace checks {
namespace {

using state::Fate;

constexpr std::size_t most_named = 8;

Advice const advice{
    "Take a snapshot of the database first, and know that after a failure `helm coder recover` has to find the way."};

// "A, B" of the objects that end so; empty if there are none.
std::string ending(state::Rollback const& rollback, Fate fate, state::Request const& request) {
  std::vector<std::string> names;
  std::size_t more = 0;
  for (auto const& each : rollback.aftermath) {
    if (each.rolled_back != fate) continue;
    if (names.size() < most_named) names.push_back(name_of(each.object, request));
    else ++more;
  }
  if (more > 0) names.push_back(std::to_string(more) + " more");
  return base::join(names, ", ");
}

// What would be otherwise than before. What a rollback that works makes anew need not be the same to the letter.
void add_aftermath(state::Rollback const& rollback, state::Request const& request, Outcome& out) {
  std::vector<std::string> parts;
  auto const add = [&](char const* what, Fate fate) {
    if (auto const names = ending(rollback, fate, request); !names.empty()) parts.push_back(what + names);
  };
  if (!rollback.works) add("changed and not changed back: ", Fate::changed);
  add("created and left behind: ", Fate::created);
  add("deleted and not there again: ", Fate::deleted);
  if (parts.empty()) return;
  auto const how = rollback.works ? "the rollback ends well, and yet leaves objects " : "the release would be left between two versions, with objects ";
  out.findings.push_back({rollback.from, "", how + base::join(parts, "; "), advice});
}

// Going back runs hooks of its own.
void judge_hook(state::Trial const& trial, state::Request const& request, Outcome& out) {
  auto const object = name_of(trial.object, request);
  auto const message = trial.what + ": " + trial.verdict.message;
  bool const runs = trial.object.kind == "Job" || trial.object.kind == "Pod";
  if (trial.verdict.judgement == state::Judgement::rejected)
    out.findings.push_back({object, "", "it stops the rollback, " + message, Advice{"Remove what is in its way."}});
  else if (trial.verdict.judgement == state::Judgement::not_verified)
    out.unverified.push_back({object, message, trial.verdict.tell});
  else if (runs)
    out.unverified.push_back({object, trial.what + ": it can be created, but whether it ends well shows only when it runs", ""});
}

void judge(state::Rollback const& rollback, state::Request const& request, Outcome& out) {
  if (!rollback.tried) {
    auto const why =
        rollback.why_not_tried.empty() ? "a rollback from there was not rehearsed" : rollback.why_not_tried;
    return out.unverified.push_back({rollback.from, why, ""});
  }
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
  for (auto const& rollback : rehearsal.rollbacks) {
    judge(rollback, request, out);
    add_aftermath(rollback, request, out);
  }
  for (auto const& trial : rehearsal.rollback_hooks) judge_hook(trial, request, out);
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
