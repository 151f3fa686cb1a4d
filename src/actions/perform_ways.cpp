#include "actions/perform_ways.h"

#include <algorithm>
#include <array>
#include <stdexcept>

#include "actions/perform_remedies.h"
#include "actions/plan_upgrade.h"
#include "base/text.h"
#include "clients/clock.h"
#include "collect/values.h"
#include "rehearsal/judge.h"
#include "rehearsal/manifest.h"
#include "state/names.h"

namespace actions {
namespace {

using base::Json;
using state::Judgement;

std::string text_of(state::ObjectId const& id) { return id.kind + "/" + id.name; }

std::string told(state::Revision const& revision) {
  return std::to_string(revision.number) + (revision.chart_version.empty() ? "" : " (" + revision.chart_version + ")");
}

bool is_pending(state::Release const& release) {
  auto const& status = release.revisions.back().status;
  return status.starts_with("pending-") || status == "uninstalling";
}

// Nobody deletes these by the way.
bool holds_more_than_itself(std::string const& kind) {
  static constexpr std::array kinds = {"PersistentVolumeClaim", "PersistentVolume", "Namespace", "CustomResourceDefinition"};
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

collect::Record record_of(Scout const& scout, int number) {
  std::string why;
  auto record = collect::read_record(scout.api, scout.records, number, &why);
  if (!record) throw std::runtime_error("the record of revision " + std::to_string(number) + " can't be read: " + why);
  return std::move(*record);
}

Json live(Scout const& scout, std::string const& path) {
  auto const answer = scout.api.get(path);
  return answer.ok() ? base::parse_json(answer.body).value_or(Json()) : Json();
}

// What later revisions made and nobody takes away, when the release ends with the objects of `manifest`. An object is
// theirs if it came after their first record, by the API server's own clock.
std::vector<Object> swept(Scout const& scout, int after, std::vector<Object> const& manifest, std::vector<Object> const& deleted) {
  std::vector<Object> found;
  std::string since;
  auto const in = [](std::vector<Object> const& list, Object const& object) {
    return std::any_of(list.begin(), list.end(), [&](auto const& each) { return key_of(each.id) == key_of(object.id); });
  };
  for (auto const& revision : scout.release.revisions) {
    if (revision.number <= after || !revision.readable) continue;
    auto const record = record_of(scout, revision.number);
    if (since.empty()) since = record.object["metadata"]["creationTimestamp"].str();
    for (auto& object : objects_of(record.release, scout.request.name_space, scout.api)) {
      if (in(manifest, object) || in(deleted, object) || in(found, object) || holds_more_than_itself(object.id.kind)) continue;
      auto const now = live(scout, object.path);
      auto const& metadata = now["metadata"];
      bool const ours = metadata["annotations"]["meta.helm.sh/release-name"].str() == scout.request.release &&
                        metadata["annotations"]["meta.helm.sh/release-namespace"].str() == scout.request.name_space;
      // RFC 3339 in UTC: the text is in the order of time.
      if (!ours || metadata["annotations"].has("helm.sh/resource-policy") || metadata["creationTimestamp"].str() < since) continue;
      object.uid = metadata["uid"].str();
      found.push_back(std::move(object));
    }
  }
  return found;
}

void read_run(WayOut& way, rehearsal::Run const& run) {
  way.clean = run.ended.ok();
  if (!way.clean) way.trouble = base::printable(clients::error_of(run.ended));
  for (auto const& write : run.played.writes) {
    if (rehearsal::is_helm_record(write.target.key())) continue;
    auto const id = rehearsal::object_of(write);
    auto const& target = write.target;
    auto const path = rehearsal::path_of(target.api_version(), target.resource, target.name_space, target.name);
    (write.method == "DELETE" ? way.deleted : way.written).push_back({id, path, write.before["metadata"]["uid"].str()});
    if (write.method == "DELETE") continue;
    auto const verdict = rehearsal::judge(write);
    if (verdict.judgement == Judgement::not_verified) way.unproven.push_back(text_of(id));
    if (verdict.judgement == Judgement::rejected && way.clean) way.clean = false, way.trouble = text_of(id) + ": " + verdict.message;
  }
}

rehearsal::Layer lifted(Scout const& scout) {
  if (!is_pending(scout.release)) return {};
  auto layer = rehearsal::with_lock_lifted(scout.release, scout.api);
  if (!layer) throw std::runtime_error("the record of the last revision can't be read");
  return std::move(*layer);
}

std::vector<std::string> hooks_flag(Scout const& scout) {
  bool const none = std::find(scout.helm_flags.begin(), scout.helm_flags.end(), "--no-hooks") != scout.helm_flags.end();
  return none ? std::vector<std::string>{"--no-hooks"} : std::vector<std::string>();
}

WayOut roll_back(Scout const& scout, int number) {
  auto const& revision = *actions::revision(scout.release, number);
  WayOut way{.name = "roll back to revision " + told(revision), .version = revision.chart_version};
  std::vector<std::string> const arguments = {"rollback", scout.request.release, std::to_string(number)};
  auto rehearsed = arguments;
  rehearsed.emplace_back("--no-hooks");
  read_run(way, scout.rehearser.run(rehearsed, {.answering = rehearsal::Answering::faithful}, lifted(scout)));
  if (!way.clean) return way;
  auto const flags = hooks_flag(scout);
  way.helm = arguments;
  way.helm.insert(way.helm.end(), flags.begin(), flags.end());
  way.helm = waiting_run(std::move(way.helm), scout.request, scout.helm_version, false);
  way.manifest = objects_of(record_of(scout, number).release, scout.request.name_space, scout.api);
  way.swept = swept(scout, number, way.manifest, way.deleted);
  return way;
}

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
    prepare(*chart);
    auto seen = rehearsal::rehearse(script_, scout_.rehearser, scout_.api);
    auto const base = scout_.release.base > 0 ? record_of(scout_, scout_.release.base).release : Json();
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

WayOut tried(std::string const& name, std::function<WayOut()> const& walk) {
  try {
    return walk();
  } catch (std::runtime_error const& error) {
    return {.name = name, .trouble = error.what()};
  }
}

}  // namespace

std::vector<Trail> ways_out(Scout const& scout) {
  using Kind = WayOut::Kind;
  auto const& request = scout.request;
  auto const& seen = scout.seen;
  std::vector<Trail> trails;
  auto const add = [&](std::string const& name, std::function<WayOut()> walk) {
    trails.push_back({name, [name, walk = std::move(walk)] { return tried(name, walk); }});
  };
  auto const add_upgrade = [&](Kind kind, int number, std::string const& version) {
    add((kind == Kind::go_on ? "go on to " : "upgrade again to ") + version, [&scout, kind, number, version] { return UpgradeTo(scout, kind, number, version).walk(); });
  };
  auto const* attempt = revision(scout.release, seen.attempt);
  bool const wants_on = !request.version.empty() || !request.adopt.empty() || !request.recreate.empty() || !request.protect.empty();
  auto const onward = [&] {
    auto const* values = attempt ? attempt : &seen.last;
    add_upgrade(Kind::go_on, values->number, request.version.empty() ? values->chart_version : request.version);
  };
  if (wants_on) onward();
  auto good = seen.good;
  if (seen.condition == Condition::incomplete) good = {seen.last.number};
  for (int const number : good)
    add("roll back to revision " + told(*revision(scout.release, number)), [&scout, number] { return roll_back(scout, number); });
  if (!wants_on && attempt) onward();
  if (!good.empty() && !(attempt && attempt->number == good.front()))
    add_upgrade(Kind::again, good.front(), revision(scout.release, good.front())->chart_version);
  return trails;
}

std::optional<FailRecord> stale_record(Scout const& scout) {
  auto const& last = scout.seen.last;
  if (!is_pending(scout.release)) return {};
  auto const record = record_of(scout, last.number);
  return FailRecord{collect::path_of(scout.records, last.number), record.resource_version, last.status, last.number};
}

std::vector<std::string> missing_objects(Json const& release, std::string const& name_space, clients::Kubernetes& api) {
  std::vector<std::string> missing;
  for (auto const& object : objects_of(release, name_space, api))
    if (api.get(object.path).status == 404) missing.push_back(text_of(object.id));
  return missing;
}

}  // namespace actions
