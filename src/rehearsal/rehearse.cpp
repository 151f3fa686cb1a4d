#include "rehearsal/rehearse.h"

#include <algorithm>
#include <chrono>
#include <future>
#include <memory>

#include "base/semver.h"
#include "base/text.h"
#include "clients/record.h"
#include "rehearsal/ending.h"
#include "rehearsal/reading.h"

namespace rehearsal {
namespace {

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

// "Helm/3.21.4" → "3.21.4".
std::string version_of(std::string const& agent) {
  constexpr std::string_view name = "Helm/";
  auto const version = agent.starts_with(name) ? base::parse_version(std::string_view(agent).substr(name.size())) : std::nullopt;
  return version ? base::to_text(*version) : "";
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
      : script_(script), rehearser_(rehearser), api_(api), ask_(api, discovery_) {}

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
    rehearser_.learn(script_.release.base);
    result.seen.reads = run.played.reads;
    read({std::move(run), std::move(layer), arguments, direction, std::move(old_objects_), std::move(failed_objects_), std::move(guards_)},
         script_, rehearser_, api_, ask_, result);
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
    Questions ask(*beside_, discovery_);
    guards_ = guards_of(ask);
  }

  // What an upgrade that failed since has left is not somebody else's change.
  void read_failed() {
    auto const& revisions = script_.release.revisions;
    if (revisions.empty() || revisions.back().number <= script_.release.base) return;
    auto const answer = beside_->get(record_target(script_.release, revisions.back().number).path);
    auto const object = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
    if (auto const record = object ? clients::decode_record(*object, nullptr) : std::nullopt) failed_objects_ = parse_manifest((*record)["manifest"].str());
  }

  Script const& script_;
  Rehearser& rehearser_;
  clients::Kubernetes& api_;
  Resources::Asker discovery_ = [this](auto const& requests) { return rehearser_.server().read_all(requests); };  // Helm asks for it, too
  Questions ask_;
  std::unique_ptr<clients::Kubernetes> beside_ = api_.another();
  Resources resources_{discovery_};
  std::vector<Rendered> old_objects_, failed_objects_;
  Guards guards_;
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
