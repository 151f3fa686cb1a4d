#include "rehearsal/rehearse.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <memory>

#include "base/semver.h"
#include "base/text.h"
#include "clients/record.h"
#include "rehearsal/consequences.h"
#include "rehearsal/differences.h"
#include "rehearsal/drift.h"
#include "rehearsal/hooks.h"
#include "rehearsal/ownership.h"
#include "rehearsal/rerendering.h"
#include "rehearsal/rollback.h"
#include "rehearsal/shortages.h"
#include "rehearsal/surroundings.h"
#include "rehearsal/trials.h"

namespace rehearsal {
namespace {

using base::Json;
using state::Ending;

constexpr base::Version takes_ownership{3, 17, 0, {}};  // the first Helm with --take-ownership

bool is_pending(state::Release const& release) {
  return !release.revisions.empty() && release.revisions.back().status.starts_with("pending-");
}

// Only then does Helm make the definitions of custom resources in the folder crds/.
bool installs(state::Release const& release) { return release.revisions.empty() || release.revisions.back().status == "uninstalled"; }

// What Helm starts beside itself, and no server of ours can see.
std::vector<std::string> outside(Script const& script) {
  std::vector<std::string> found;
  for (auto const& flag : script.flags)
    if (flag.starts_with("--post-renderer")) found.emplace_back("the post-renderer runs for real while the upgrade is rehearsed");
  return found;
}

// The record of the new revision as the run left it on the stage; null if it left none.
Json const* new_record(Script const& script, Played const& played) {
  int const revision = script.release.revisions.empty() ? 1 : script.release.revisions.back().number + 1;
  auto const* entry = played.layer.find(record_target(script.release, revision).key());
  return entry && entry->object ? &*entry->object : nullptr;
}

std::optional<Json> new_release(Script const& script, Played const& played) {
  auto const* record = new_record(script, played);
  return record ? clients::decode_record(*record, nullptr) : std::nullopt;
}

// "Helm/3.21.4" → "3.21.4".
std::string version_of(std::string const& agent) {
  constexpr std::string_view name = "Helm/";
  auto const version = agent.starts_with(name) ? base::parse_version(std::string_view(agent).substr(name.size())) : std::nullopt;
  return version ? base::to_text(*version) : "";
}

bool stopped_at_ownership(Run const& run) {
  return !run.ended.ok() && clients::error_of(run.ended).find("cannot be imported into the current release") != std::string::npos;
}

// Where the truthful run ended. Helm writes its record before the first object, and asks for the schema after rendering.
Ending ending_of(Run const& run, Script const& script, bool locked) {
  if (run.ended.ok()) return new_release(script, run.played) ? Ending::finished : Ending::other;
  if (stopped_at_ownership(run)) return Ending::ownership;
  if (locked) return Ending::storage;  // Helm refused to begin
  auto const& writes = run.played.writes;
  auto const is_record = [](Recorded const& write) { return is_helm_record(write.target.key()); };
  if (std::any_of(writes.begin(), writes.end(), [&](auto const& write) { return is_record(write) && !write.reply.ok() && write.reply.status != 0; }))
    return Ending::storage;
  if (new_release(script, run.played)) return Ending::other;
  return run.played.schema_asked ? Ending::manifest : Ending::render;
}

std::vector<Touched> touched_by(Played const& played) {
  std::vector<Touched> all;
  for (auto const& write : played.writes) {
    if (is_helm_record(write.target.key())) continue;
    auto const& target = write.target;
    all.push_back({path_of(target.api_version(), target.resource, target.name_space, target.name), object_of(write),
                   target.api_version(), write.before, write.after, write.method == "DELETE"});
  }
  return all;
}

// While it lives, the live objects are read once for all Helms of the rehearsal.
class ObjectMemory {
 public:
  explicit ObjectMemory(Server& server) : server_(server) { server_.remember_objects(); }
  ~ObjectMemory() { server_.forget_objects(); }
  ObjectMemory(ObjectMemory const&) = delete;
  ObjectMemory& operator=(ObjectMemory const&) = delete;

 private:
  Server& server_;
};

// Helm's first answer is the truth; where that is an object that is not the release's, a second run goes on past it.
class Performance {
 public:
  Performance(Script const& script, Rehearser& rehearser, clients::Kubernetes& api)
      : script_(script), rehearser_(rehearser), api_(api), ask_(api) {}

  Rehearsed play() {
    auto const start = std::chrono::steady_clock::now();
    Rehearsed result;
    result.seen.outside = outside(script_);
    // While Helm starts and renders, what it and we will ask for is fetched.
    ObjectMemory const memory(rehearser_.server());
    if (installs(script_.release)) rehearser_.keep_discovery_apart();
    auto foreseen = std::async(std::launch::async, [this] { foresee(); });
    auto layer = script_.start;
    if (is_pending(script_.release)) {
      if (auto lifted = with_lock_lifted(script_.release, api_, layer)) {
        layer = std::move(*lifted);
        result.seen.lock_lifted = true;
      }
    }
    auto arguments = upgrade_arguments(script_.request, script_.chart, script_.flags);
    auto direction = upgrade_direction(script_.request);
    auto run = rehearser_.run(arguments, direction, layer);
    if (run.ended.how == clients::Ended::How::interrupted) return result;
    result.helm_version = version_of(run.played.agent);
    result.seen.ending = ending_of(run, script_, is_pending(script_.release) && !result.seen.lock_lifted);
    if (!run.ended.ok()) result.seen.error = base::printable(clients::error_of(run.ended));
    else if (result.seen.ending != Ending::finished) result.seen.error = "Helm ended well, and wrote no revision of the release";
    bool const stopped = stopped_at_ownership(run);
    if (stopped) take_ownership(arguments, direction, result.helm_version);
    // The manifest has been validated, which takes Helm half of its time. What the schema is asked for may tell more, though.
    if (!direction.show_ownership) arguments.emplace_back("--disable-openapi-validation");
    if (stopped) run = rehearser_.run(arguments, direction, layer);
    foreseen.get();
    ask_.resources.learn(resources_);
    result.seen.complete = run.ended.ok() && new_release(script_, run.played);
    rehearser_.learn();
    result.seen.reads = run.played.reads;
    read(run, std::move(layer), arguments, direction, result);
    result.writes = std::move(run.played.writes);
    result.seen.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return result;
  }

 private:
  static void take_ownership(std::vector<std::string>& arguments, Direction& direction, std::string const& helm) {
    direction.past_ownership = true;
    auto const version = base::parse_version(helm);
    if (version && *version >= takes_ownership) {
      arguments.emplace_back("--take-ownership");
    } else {
      direction.show_ownership = true;
    }
  }

  // The objects of the base, which Helm reads one after the other; on a thread of its own.
  void foresee() {
    old_objects_ = parse_manifest(script_.manifest);
    resources_.foresee(old_objects_);
    std::vector<Read> reads = {{record_target(script_.release, script_.release.base).path}};
    for (auto const& object : old_objects_)
      if (auto const key = resources_.key_of(object, script_.request.name_space))
        reads.push_back({path_of(object.api_version, key->resource, key->name_space, key->name)});
    rehearser_.server().foresee(std::move(reads));
    read_failed();
  }

  // What an upgrade that failed since has left is not somebody else's change.
  void read_failed() {
    auto const& revisions = script_.release.revisions;
    if (revisions.empty() || revisions.back().number <= script_.release.base) return;
    auto const answer = beside_->get(record_target(script_.release, revisions.back().number).path);
    auto const object = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
    if (auto const record = object ? clients::decode_record(*object, nullptr) : std::nullopt) failed_objects_ = parse_manifest((*record)["manifest"].str());
  }

  void read(Run const& run, Layer layer, std::vector<std::string> const& arguments, Direction const& direction, Rehearsed& result) {
    Scene scene{.release = script_.request.release, .name_space = script_.request.name_space, .driver = script_.release.driver};
    scene.start = std::move(layer);
    scene.played = &run.played;
    scene.old_objects = std::move(old_objects_);
    scene.failed_objects = std::move(failed_objects_);
    if (script_.release.base > 0 && script_.manifest.empty())
      result.seen.drifts.push_back({.unsure = "the record of revision " + std::to_string(script_.release.base) + " could not be read"});
    result.release = new_release(script_, run.played);
    measure_record(run.played, result.seen);
    if (result.release) scene.new_objects = parse_manifest((*result.release)["manifest"].str());
    ask_.resources.foresee(scene.new_objects);
    scene.new_by_key = ask_.resources.by_key(scene.new_objects, scene.name_space);
    auto& seen = result.seen;
    seen.writes = writes_of(scene, ask_);
    add_changes(seen.writes, scene, ask_);
    result.touched = touched_by(run.played);
    if (!result.release) return;
    // Side by side with the questions, as the rollbacks are.
    std::future<Again> again;
    if (script_.rollback_check) again = std::async(std::launch::async, [&] { return render_again(arguments, direction, scene.start); });
    std::future<std::vector<state::Rollback>> rollbacks;
    if (script_.rollback_check && script_.release.base > 0)
      rollbacks = std::async(std::launch::async, [&] {
        return rehearse_rollbacks(script_, scene, seen.writes, arguments, *result.release, direction, rehearser_, api_);
      });
    ask_beside(scene, result);
    if (rollbacks.valid()) seen.rollbacks = rollbacks.get();
    seen.rerendering = again.valid() ? compare(scene, *result.release, again.get()) : state::Rerendering{.why_not = "the chart was rendered once only"};
  }

  // The API server counts what is in the Secret's data, decoded; a ConfigMap's is counted as it is.
  void measure_record(Played const& played, state::Rehearsal& seen) const {
    auto const* record = new_record(script_, played);
    if (!record) return;
    auto const& packed = (*record)["data"]["release"].str();
    seen.record_bytes = static_cast<std::int64_t>((*record)["kind"].str() == "Secret" ? packed.size() / 4 * 3 : packed.size());
  }

  struct Again {
    std::optional<Json> release;
    std::string error;  // Helm's, where there is none
  };
  // A chart may make up values, or look at the clock: that shows when it is rendered once more.
  Again render_again(std::vector<std::string> const& arguments, Direction direction, Layer const& start) {
    direction.answering = Answering::collect;
    direction.only_renders = true;
    auto const run = rehearser_.run(arguments, std::move(direction), start);
    return {new_release(script_, run.played), base::printable(clients::error_of(run.ended))};
  }

  state::Rerendering compare(Scene const& scene, Json const& release, Again const& again) {
    if (!again.release) return {.why_not = "the chart could not be rendered a second time: " + again.error};
    return {.compared = true, .unsteady = unsteady_between(scene, release, *again.release, ask_.resources)};
  }

  template <class Answer>
  auto beside(Answer answer) {
    std::shared_ptr<clients::Kubernetes> api = api_.another();
    auto const ask = std::make_shared<Questions>(*api);
    ask->resources.learn(ask_.resources);
    return std::async(std::launch::async, [api, ask, answer] { return answer(*ask); });
  }

  // Four that do not depend on each other, each with its own way to the API server.
  void ask_beside(Scene const& scene, Rehearsed& result) {
    base::Timeline::Span const span(rehearser_.timeline(), "questions beside");
    auto& seen = result.seen;
    auto const hooks = hooks_to_run(*result.release);
    auto rights = beside([&](Questions& ask) {
      auto needed = hook_rights(scene, hooks.upgrade, ask);
      for (auto& right : hook_rights(scene, hooks.rollback, ask)) needed.push_back(std::move(right));
      return rights_beside(scene, result.helm_version, std::move(needed), ask);
    });
    auto trials = beside([&](Questions& ask) { try_objects(scene, hooks, seen, ask); });
    auto around = beside([&](Questions& ask) { look_around(scene, ask, seen); });
    seen.ownership = ownership_of(scene, ask_);
    seen.deletions = deletions_of(scene, ask_);
    if (seen.drifts.empty()) seen.drifts = drifts_of(scene, ask_);
    seen.terminating = terminating_of(scene, ask_);
    if (seen.complete) seen.entries = entries_of(scene, ask_);
    seen.rights = rights.get();
    trials.get();
    around.get();
  }

  // The hooks of the upgrade, and those that the base's record brings for going back to it.
  struct Hooks {
    std::vector<Hook> upgrade, rollback;
    bool upgrade_applies = false, rollback_applies = false;  // by server-side apply
  };
  Hooks hooks_to_run(Json const& release) const {
    if (std::find(script_.flags.begin(), script_.flags.end(), "--no-hooks") != script_.flags.end()) return {};
    bool const has_base = script_.release.base > 0;
    return {hooks_of(release["hooks"], operation_of(release, has_base)),
            has_base && script_.rollback_check ? hooks_of(script_.base_hooks, "rollback") : std::vector<Hook>(),
            release["apply_method"].str() == "ssa", script_.release.apply_method == "ssa"};
  }

  static void try_objects(Scene const& scene, Hooks const& hooks, state::Rehearsal& seen, Questions& ask) {
    seen.trials = pod_trials(scene, ask);
    seen.shortages = shortages_of(scene, seen.trials, ask);
    for (auto& trial : hook_trials(scene, hooks.upgrade, hooks.upgrade_applies, ask)) seen.trials.push_back(std::move(trial));
    seen.rollback_hooks = rollback_hook_trials(scene, hooks.rollback, hooks.upgrade, hooks.rollback_applies, ask);
  }

  Script const& script_;
  Rehearser& rehearser_;
  clients::Kubernetes& api_;
  Questions ask_;
  std::unique_ptr<clients::Kubernetes> beside_ = api_.another();
  Resources resources_{*beside_};
  std::vector<Rendered> old_objects_, failed_objects_;
};

}  // namespace

std::vector<std::string> upgrade_arguments(state::Request const& request, std::string const& chart, std::vector<std::string> const& flags) {
  std::vector<std::string> arguments = {"upgrade", request.release, chart, "--no-hooks"};
  if (request.install) arguments.emplace_back("--install");
  arguments.insert(arguments.end(), flags.begin(), flags.end());
  return arguments;
}

Direction upgrade_direction(state::Request const& request) { return {.release = request.release, .name_space = request.name_space}; }

Rehearsed rehearse(Script const& script, Rehearser& rehearser, clients::Kubernetes& api) {
  return Performance(script, rehearser, api).play();
}

Target record_target(state::Release const& release, int revision) {
  auto const resource = release.driver == "configmap" ? "configmaps" : "secrets";
  return parse_target(path_of("v1", resource, release.name_space, clients::record_name(release.name, revision)));
}

std::optional<Layer> with_lock_lifted(state::Release const& release, clients::Kubernetes& api, Layer layer) {
  if (release.revisions.empty()) return {};
  auto const target = record_target(release, release.revisions.back().number);
  auto const answer = api.get(target.path);
  auto record = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  auto const stored = record ? clients::decode_record(*record, nullptr) : std::nullopt;
  if (!stored) return {};
  clients::encode_record(*record, clients::with_status(*stored, "failed", "shown as failed"));
  layer.put(target.key(), std::move(*record), true);
  return layer;
}

}  // namespace rehearsal
