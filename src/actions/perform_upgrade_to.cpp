#include "actions/perform_remedies.h"
#include "actions/perform_scout.h"
#include "actions/plan_upgrade.h"
#include "collect/values.h"

namespace actions {
namespace {

using base::Json;
using state::Judgement;

// Whether an upgrade that was rehearsed would come through without a loss; else the first thing against it.
std::string trouble_of(state::Rehearsal const& seen) {
  if (seen.ending != state::Ending::finished) return seen.error;
  for (auto const& write : seen.writes)
    if (write.verdict.judgement == Judgement::rejected) return text_of(write.object) + ": " + write.verdict.message;
  for (auto const& trial : seen.trials)
    if (trial.verdict.judgement == Judgement::rejected) return trial.what + " of " + text_of(trial.object) + ": " + trial.verdict.message;
  for (auto const& right : seen.rights)
    if (right.held == Judgement::rejected) return "you may not " + right.verb + " " + right.resource;
  for (auto const& deletion : seen.deletions)
    if (!deletion.kept && (deletion.holds_data || !deletion.still_written_as.empty())) return text_of(deletion.object) + " would be deleted";
  return seen.complete ? "" : "it was not seen to the end";
}

class UpgradeTo {
 public:
  UpgradeTo(Scout const& scout, WayOut::Kind kind, int number, std::string const& version)
      : scout_(scout), number_(number), script_{.request = scout.request, .release = scout.release} {
    way_.kind = kind;
    way_.version = version;
    bool const on = kind == WayOut::Kind::go_on;
    way_.name = (on ? "go on to " : "upgrade again to ") + version + " with the values of revision " + std::to_string(number);
  }

  WayOut walk() {
    std::string why;
    auto const chart = scout_.pull(way_.version, &why);
    if (!chart) return fail(why);
    auto const base = scout_.release.base > 0 ? record_of(scout_, scout_.release.base).release : Json();
    prepare(*chart);
    script_.manifest = base["manifest"].str();
    auto seen = rehearsal::rehearse(script_, scout_.rehearser, scout_.api);
    if (seen.release && seen.seen.complete) seen = with_remedies(std::move(seen), base);
    way_.trouble = trouble_of(seen.seen);
    way_.clean = way_.trouble.empty() && seen.release;
    if (way_.clean) take_in(seen);
    return std::move(way_);
  }

 private:
  WayOut fail(std::string why) {
    way_.trouble = std::move(why);
    return std::move(way_);
  }

  void prepare(std::string const& chart) {
    way_.chart = chart;
    way_.values = collect::values_text(record_of(scout_, number_));
    values_ = scout_.share(way_.values);
    script_.request.install = false;
    script_.chart = chart;
    script_.flags = {"-f", values_};
    script_.flags.insert(script_.flags.end(), scout_.helm_flags.begin(), scout_.helm_flags.end());
    script_.rollback_check = false;
  }

  rehearsal::Rehearsed with_remedies(rehearsal::Rehearsed first, Json const& base) {
    auto request = scout_.request;
    for (auto* asked : {&request.adopt, &request.protect, &request.recreate}) asked->emplace_back("all");
    auto remedies = find_remedies(choose(request, first.seen), request, first, base, scout_.api);
    if (remedies.all.empty()) return first;
    if (needs_force(remedies.all, first.seen)) script_.flags.emplace_back("--force-conflicts");
    script_.start = std::move(remedies.start);
    way_.remedies = std::move(remedies.all);
    return rehearsal::rehearse(script_, scout_.rehearser, scout_.api);
  }

  void take_in(rehearsal::Rehearsed const& seen) {
    way_.written = touched_by(seen, false);
    way_.deleted = touched_by(seen, true);
    way_.manifest = objects_of(*seen.release, scout_.request.name_space, scout_.api);
    way_.kept_by_chart = kept_by(*seen.release, scout_.request.name_space);
    for (auto const& write : seen.seen.writes)
      if (write.verdict.judgement == Judgement::not_verified) way_.unproven.push_back(text_of(write.object));
    auto const good = scout_.seen.good.empty() ? 0 : scout_.seen.good.front();
    way_.swept = swept(scout_, good, way_.manifest, way_.deleted);
    way_.helm = {"upgrade", scout_.request.release, scout_.backup + "/chart.tgz"};
    for (auto const& flag : script_.flags) way_.helm.push_back(flag == values_ ? scout_.backup + "/values.json" : flag);
    way_.helm = waiting_run(std::move(way_.helm), scout_.request, scout_.helm_version, good > 0);
  }

  Scout const& scout_;
  int number_;
  rehearsal::Script script_;
  std::string values_;  // the path of a file in memory: not on a disk before somebody said yes
  WayOut way_;
};

}  // namespace

WayOut upgrade_to(Scout const& scout, WayOut::Kind kind, int revision, std::string const& version) {
  return UpgradeTo(scout, kind, revision, version).walk();
}

}  // namespace actions
