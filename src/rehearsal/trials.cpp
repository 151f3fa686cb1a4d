#include "rehearsal/trials.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/semver.h"
#include "rehearsal/earlier.h"
#include "rehearsal/judge.h"

namespace rehearsal {
namespace {

using base::Json;
using state::Cause;
using state::Judgement;

bool exists_only_here(Scene const& scene, Key const& key) {
  auto const* entry = scene.played->layer.find(key);
  return entry && entry->object && !entry->live;
}

void weigh(state::Verdict& verdict, bool replaces_pods, Json const& workload) {
  if (verdict.judgement != Judgement::rejected) return;
  if (verdict.cause == Cause::quota && replaces_pods && makes_room_first(workload)) {
    verdict.judgement = Judgement::not_verified;
    verdict.message = "the quota is full now; the old pod goes first and may make room (" + verdict.message + ")";
  } else if (verdict.cause == Cause::forbidden || verdict.cause == Cause::missing) {
    verdict.judgement = Judgement::not_verified;
    verdict.message = "a pod could not be tried: " + verdict.message;
  }
}

}  // namespace

Json pod_of(Json const& workload, Scene const& scene, std::string const& name_space) {
  auto const& spec = workload["spec"];
  Json pod = spec["template"];
  pod.set("apiVersion") = "v1";
  pod.set("kind") = "Pod";
  auto& metadata = pod.set("metadata");
  for (auto const* key : {"name", "creationTimestamp"}) metadata.erase(key);
  metadata.set("generateName") = workload["metadata"]["name"].str() + "-";
  metadata.set("namespace") = name_space;
  auto& pod_spec = pod.set("spec");
  for (auto const& claim : spec["volumeClaimTemplates"].items()) {
    auto const& name = claim["metadata"]["name"].str();
    Json const volume = Json::Object{
        {"name", name},
        {"persistentVolumeClaim", Json::Object{{"claimName", name + "-" + workload["metadata"]["name"].str() + "-0"}}}};
    pod_spec.set("volumes").add(volume);
  }
  forget_what_is_new(pod_spec, name_space, [&](Key const& key) { return exists_only_here(scene, key); });
  return pod;
}

bool makes_room_first(Json const& workload) {
  auto const& spec = workload["spec"];
  auto const& kind = workload["kind"].str();
  if (kind == "StatefulSet" || kind == "DaemonSet") return true;
  auto const& surge = spec["strategy"]["rollingUpdate"]["maxSurge"];
  return spec["strategy"]["type"].str() == "Recreate" || surge.number() == "0" || surge.str() == "0" || surge.str() == "0%";
}

bool is_workload(std::string const& kind) {
  static constexpr std::array kinds = {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job"};
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

namespace {

// Whether its controller still has pods to make. Something may refuse them since long, whatever the upgrade changes.
bool lacks_pods(Json const& workload) {
  auto const& kind = workload["kind"].str();
  auto const& status = workload["status"];
  if (kind == "Job") return false;
  bool const daemons = kind == "DaemonSet";
  auto const wanted = daemons ? status["desiredNumberScheduled"].int_or(0) : workload["spec"]["replicas"].int_or(1);
  return status[daemons ? "updatedNumberScheduled" : kind == "ReplicaSet" ? "replicas" : "updatedReplicas"].int_or(0) < wanted;
}

struct Workload {
  state::ObjectId object;
  std::string name_space;
  Json const* before;
  Json const* after;
};

// Those of the new version for which pods are to be made: written ones, and those that Helm leaves as they are.
std::vector<Workload> workloads_without_pods(Scene const& scene, Questions& ask) {
  std::vector<Workload> found;
  std::set<Key> written;
  for (auto const& write : scene.played->writes) {
    if (!is_workload(write.after["kind"].str())) continue;
    written.insert(write.target.key());
    if (write.after["spec"]["template"] != write.before["spec"]["template"] || lacks_pods(write.before))
      found.push_back({object_of(write), write.target.name_space, &write.before, &write.after});
  }
  for (auto const& rendered : scene.new_objects) {
    auto const key = is_workload(rendered.kind) ? ask.resources.key_of(rendered, scene.name_space) : std::nullopt;
    auto const live = key ? scene.played->live.find(*key) : scene.played->live.end();
    if (live == scene.played->live.end() || written.contains(*key) || !lacks_pods(live->second)) continue;
    found.push_back({{rendered.kind, key->group, key->name_space, key->name}, key->name_space, &live->second, &live->second});
  }
  return found;
}

}  // namespace

std::vector<state::Trial> pod_trials(Scene const& scene, Questions& ask) {
  std::vector<Workload> lacking;
  std::vector<Questions::Creation> pods;
  for (auto& workload : workloads_without_pods(scene, ask)) {
    if ((*workload.after)["spec"]["replicas"].number() == "0") continue;
    pods.push_back({"v1", "pods", workload.name_space, pod_of(*workload.after, scene, workload.name_space)});
    lacking.push_back(std::move(workload));
  }
  auto const verdicts = ask.try_all(pods);
  std::vector<state::Trial> trials;
  for (std::size_t i = 0; i < pods.size(); ++i) {
    state::Trial trial{.object = lacking[i].object, .what = "a pod", .verdict = verdicts[i]};
    weigh(trial.verdict, !lacking[i].before->is_null(), *lacking[i].after);
    trials.push_back(std::move(trial));
  }
  return trials;
}

std::vector<state::Right> rights_beside(Scene const& scene, std::string const& helm_version, std::vector<state::Right> hooks, Questions& ask) {
  auto rights = std::move(hooks);
  auto const version = base::parse_version(helm_version);
  bool const watches = version && version->major >= 4;
  std::set<std::pair<std::string, std::string>> waited_for = {{"", "pods"}, {"apps", "replicasets"}};
  if (watches) {
    for (auto const& rendered : scene.new_objects)
      if (auto const key = ask.resources.key_of(rendered, scene.name_space); key && !key->name_space.empty())
        waited_for.insert({key->group, key->resource});
  }
  for (auto const& [group, resource] : waited_for) {
    rights.push_back({"list", group, resource, scene.name_space, "", "the wait"});
    if (watches) rights.push_back({"watch", group, resource, scene.name_space, "", "the wait"});
  }
  for (auto const& write : scene.played->writes) {
    auto const& target = write.target;
    if (write.method == "DELETE" && is_helm_record(target.key()))
      rights.push_back({"delete", "", target.resource, target.name_space, "", "Helm's oldest records"});
    if (write.method == "DELETE" || is_helm_record(target.key()) || !write.creates) continue;
    rights.push_back({"delete", target.group, target.resource, target.name_space, target.name, "a rollback"});
  }
  std::vector<Questions::Access> accesses;
  for (auto const& right : rights) accesses.push_back({right.verb, right.group, right.resource, right.name_space, right.name});
  ask.foresee(accesses);
  for (std::size_t i = 0; i < rights.size(); ++i) {
    auto const may = ask.may(accesses[i]);
    rights[i].held = may == May::yes ? Judgement::accepted : may == May::no ? Judgement::rejected : Judgement::not_verified;
  }
  return rights;
}

}  // namespace rehearsal
