#include "rehearsal/reading.h"

#include <algorithm>
#include <future>
#include <memory>

#include "base/text.h"
#include "base/timeline.h"
#include "rehearsal/claims.h"
#include "rehearsal/differences.h"
#include "rehearsal/drift.h"
#include "rehearsal/ending.h"
#include "rehearsal/hooks.h"
#include "rehearsal/images.h"
#include "rehearsal/ownership.h"
#include "rehearsal/records.h"
#include "rehearsal/references.h"
#include "rehearsal/rerendering.h"
#include "rehearsal/rollback.h"
#include "rehearsal/shortages.h"
#include "rehearsal/storage.h"
#include "rehearsal/surroundings.h"
#include "rehearsal/trials.h"

namespace rehearsal {
namespace {

using base::Json;

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

class Reader {
 public:
  Reader(Script const& script, Rehearser& rehearser, clients::Kubernetes& api, Questions& ask)
      : script_(script), rehearser_(rehearser), api_(api), ask_(ask) {}

  void read(Take& take, Rehearsed& result) {
    auto const& run = take.run;
    Scene scene{.release = script_.request.release, .name_space = script_.request.name_space, .driver = script_.release.driver};
    scene.start = std::move(take.start);
    scene.played = &run.played;
    scene.old_objects = std::move(take.old_objects);
    scene.failed_objects = std::move(take.failed_objects);
    scene.guards = std::move(take.guards);
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
    if (script_.rollback_check) again = std::async(std::launch::async, [&] { return render_again(take.arguments, take.direction, scene.start); });
    std::future<std::vector<state::Rollback>> rollbacks;
    if (script_.rollback_check && script_.release.base > 0)
      rollbacks = std::async(std::launch::async, [&] {
        return rehearse_rollbacks(script_, scene, seen.writes, take.arguments, *result.release, take.direction, rehearser_, api_);
      });
    if (!script_.only_requests) ask_beside(scene, result);
    if (rollbacks.valid()) seen.rollbacks = rollbacks.get();
    seen.rerendering = again.valid() ? compare(scene, *result.release, again.get()) : state::Rerendering{.why_not = "the chart was rendered once only"};
  }

 private:
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

  // Those that do not depend on each other, each with its own way to the API server.
  void ask_beside(Scene const& scene, Rehearsed& result) {
    base::Timeline::Span const span(rehearser_.timeline(), "questions beside");
    auto& seen = result.seen;
    auto const hooks = hooks_to_run(*result.release);
    auto quotas = beside([&](Questions& ask) { return quotas_of(scene, ask); });
    auto trials = beside([&](Questions& ask) { try_objects(scene, hooks, quotas, seen, ask); });
    auto rights = beside([&](Questions& ask) {
      auto needed = hook_rights(scene, hooks.upgrade, ask);
      for (auto& right : hook_rights(scene, hooks.rollback, ask)) needed.push_back(std::move(right));
      return rights_beside(scene, result.helm_version, std::move(needed), ask);
    });
    auto around = beside([&](Questions& ask) {
      look_at_references(scene, hooks.upgrade, look_around(scene, ask, seen), (*result.release)["config"], ask, seen);
    });
    auto claims = beside([&](Questions& ask) { look_at_claims(scene, ask, seen); });
    auto storage = beside([&](Questions& ask) { look_at_storage(scene, ask, seen); });
    auto deletions = beside([&](Questions& ask) { return deletions_of(scene, ask); });
    auto drifts = beside([&, known = std::move(seen.drifts)](Questions& ask) { return known.empty() ? drifts_of(scene, ask) : known; });
    seen.ownership = ownership_of(scene, ask_);
    seen.terminating = terminating_of(scene, ask_);
    seen.images = images_of(scene, hooks.upgrade, ask_);
    if (seen.complete) seen.entries = entries_of(scene, ask_);
    seen.deletions = deletions.get();
    seen.drifts = drifts.get();
    seen.rights = rights.get();
    trials.get();
    around.get();
    claims.get();
    storage.get();
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

  static void try_objects(Scene const& scene, Hooks const& hooks, std::future<Quotas>& quotas, state::Rehearsal& seen, Questions& ask) {
    seen.trials = pod_trials(scene, ask);
    seen.shortages = shortages_of(scene, seen.trials, quotas.get(), ask);
    for (auto& trial : hook_trials(scene, hooks.upgrade, hooks.upgrade_applies, ask)) seen.trials.push_back(std::move(trial));
    seen.rollback_hooks = rollback_hook_trials(scene, hooks.rollback, hooks.upgrade, hooks.rollback_applies, ask);
  }

  Script const& script_;
  Rehearser& rehearser_;
  clients::Kubernetes& api_;
  Questions& ask_;
};

}  // namespace

void read(Take take, Script const& script, Rehearser& rehearser, clients::Kubernetes& api, Questions& ask, Rehearsed& result) {
  Reader(script, rehearser, api, ask).read(take, result);
  result.writes = std::move(take.run.played.writes);
}

}  // namespace rehearsal
