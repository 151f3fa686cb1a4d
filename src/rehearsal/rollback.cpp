#include "rehearsal/rollback.h"

#include <algorithm>
#include <array>
#include <future>

#include "base/text.h"
#include "clients/record.h"
#include "rehearsal/aftermath.h"
#include "rehearsal/judge.h"

namespace rehearsal {
namespace {

using base::Json;
using state::Judgement;

// Why going back from `after` to `before` is refused although the way there was open. Most validations are the same in
// both directions; source of these: k8s.io/kubernetes pkg/apis/core/validation (ConfigMap, Secret, PersistentVolumeClaim).
std::string one_way(Json const& before, Json const& after) {
  auto const& kind = after["kind"].str();
  if ((kind == "ConfigMap" || kind == "Secret") && after["immutable"].bool_or(false) && !before["immutable"].bool_or(false))
    return "the upgrade makes it immutable, and that can't be taken back";
  auto const size = [](Json const& claim) { return claim["spec"]["resources"]["requests"]["storage"].str(); };
  if (kind == "PersistentVolumeClaim" && !before.is_null() && size(before) != size(after))
    return "the upgrade changes its size, and a claim never shrinks";
  return {};
}

// Whether an accepted change of this kind can be undone by the rules above; a custom resource may have rules of its own.
bool rules_decide(state::ObjectId const& object) {
  static constexpr std::array groups = {"", "apps", "batch", "policy", "networking.k8s.io", "rbac.authorization.k8s.io", "autoscaling"};
  return std::find(groups.begin(), groups.end(), object.group) != groups.end();
}

// The layer as it stands when Helm has marked its new revision failed and begins to roll back.
Layer failed_upgrade(Layer layer, Script const& script, Json const& release, Layer const& with_record) {
  auto const failed = clients::with_status(release, "failed", "Upgrade failed");
  auto const key = record_target(script.release, static_cast<int>(release["version"].int_or(0))).key();
  auto const* entry = with_record.find(key);
  if (!entry || !entry->object) return layer;
  auto record = *entry->object;
  clients::encode_record(record, failed);
  layer.put(key, std::move(record), false);
  return layer;
}

state::Rollback roll_back(std::string from, Script const& script, Scene const& scene, Layer layer, Rehearser& rehearser,
                          std::shared_ptr<clients::Kubernetes> const& api) {
  state::Rollback rollback{.from = std::move(from), .tried = true};
  std::vector<std::string> const arguments = {"rollback", script.release.name, std::to_string(script.release.base), "--no-hooks"};
  auto const failed = layer;
  auto const run = rehearser.run(arguments, {.answering = Answering::faithful}, std::move(layer));
  auto before = scene.played->live;
  before.insert(run.played.live.begin(), run.played.live.end());
  rollback.aftermath = aftermath_of(failed, run.played.layer, before);
  rollback.works = run.ended.ok();
  if (!rollback.works) rollback.error = base::printable(clients::error_of(run.ended));
  Questions ask(*api);
  Admission admission(ask, scene.guards, run.played.layer);
  for (auto const& write : run.played.writes) {
    if (is_helm_record(write.target.key())) continue;
    auto const object = object_of(write);
    if (write.method == "DELETE") {
      if (!admission.doubt_about_deletion(write.target, write.before).empty()) rollback.unproven.push_back(object);
      continue;
    }
    // What could not be changed in place on the way there hardly can on the way back.
    if (auto const* chosen = script.start.find(write.target.key()); chosen && (!chosen->object || chosen->remade)) {
      rollback.unproven.push_back(object);
      continue;
    }
    auto const verdict = judge(write);
    if (write.on_changed) {
      auto const live = scene.played->live.find(write.target.key());
      auto const why = live == scene.played->live.end() ? "" : one_way(live->second, write.before);
      if (!why.empty()) {
        rollback.works = false;
        if (rollback.error.empty()) rollback.error = object.kind + "/" + object.name + ": " + why;
      } else if (!rules_decide(object) && verdict.judgement == Judgement::accepted) {
        rollback.unproven.push_back(object);
      }
    } else if (verdict.judgement == Judgement::not_verified) {
      rollback.unproven.push_back(object);
    }
    if (verdict.judgement == Judgement::rejected)
      rollback.rejected.push_back({write.method, write.target.api_version(), object, write.creates, verdict});
  }
  return rollback;
}

}  // namespace

std::vector<state::Rollback> rehearse_rollbacks(Script const& script, Scene const& scene, std::vector<state::Write> const& writes,
                                                std::vector<std::string> const& upgrade, Json const& release, Direction direction,
                                                Rehearser& rehearser, clients::Kubernetes& api) {
  bool const rejects = std::any_of(writes.begin(), writes.end(), [](auto const& write) { return write.verdict.judgement == Judgement::rejected; });
  auto const& written = scene.played->layer;
  // Two Helms side by side: the machine has other cores, and each has a layer of its own.
  auto early = std::async(std::launch::async, [&] {
    return roll_back("before any object is written", script, scene, failed_upgrade(scene.start, script, release, written), rehearser, api.another());
  });
  std::vector<state::Rollback> rollbacks;
  if (rejects) {
    direction.answering = Answering::faithful;
    auto again = rehearser.run(upgrade, std::move(direction), scene.start);
    auto rollback = roll_back("after the first rejection", script, scene, std::move(again.played.layer), rehearser, api.another());
    rollbacks.push_back(std::move(rollback));
  } else {
    rollbacks.push_back(roll_back("after everything is written, when the wait times out", script, scene,
                                  failed_upgrade(written, script, release, written), rehearser, api.another()));
  }
  rollbacks.insert(rollbacks.begin(), early.get());
  return rollbacks;
}

}  // namespace rehearsal
