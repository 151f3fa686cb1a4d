#include "clients/pod.h"

#include <pwd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <string_view>
#include <thread>

#include "base/bytes.h"
#include "base/text.h"
#include "clients/folder.h"
#include "clients/review.h"

namespace clients {
namespace {

using base::Json;
using Clock = std::chrono::steady_clock;

constexpr auto ours = "app.kubernetes.io/name=helm-coder,app.kubernetes.io/managed-by=helm-coder";
constexpr auto made_by = "helm-coder/run";  // "ada@host 4711 0f1e2d3c4b5a6978"
constexpr auto removal_limit = std::chrono::seconds(5);
constexpr auto poll_interval = std::chrono::milliseconds(250);

// Where a number names one process: this boot of this machine, seen from this container. Host names repeat.
std::string here() {
  auto const boot = read_file("/proc/sys/kernel/random/boot_id", nullptr, 100);
  char space[100] = "";
  [[maybe_unused]] auto const size = readlink("/proc/self/ns/pid", space, sizeof space - 1);
  return base::sha256_hex(boot.value_or("") + space).substr(0, 16);
}

std::string this_run() {
  char host[256] = "unknown-host";
  gethostname(host, sizeof host - 1);
  auto const* user = getpwuid(getuid());
  return base::join({(user ? user->pw_name : std::to_string(getuid())) + "@" + host, std::to_string(getpid()), here()}, " ");
}

std::string path_of(std::string const& name_space, std::string const& name = "") {
  return "/api/v1/namespaces/" + url_encoded(name_space) + "/pods" + (name.empty() ? "" : "/" + url_encoded(name));
}

Json confined(Json container) {
  container.set("securityContext") = Json::Object{{"allowPrivilegeEscalation", false},
                                                  {"readOnlyRootFilesystem", true},
                                                  {"capabilities", Json::Object{{"drop", Json::Array{"ALL"}}}}};
  // A quota may ask for all four.
  container.set("resources") = Json::Object{{"requests", Json::Object{{"cpu", "10m"}, {"memory", "32Mi"}}},
                                            {"limits", Json::Object{{"cpu", "500m"}, {"memory", "128Mi"}}}};
  return container;
}

Json manifest_of(Pod::Plan const& plan) {
  constexpr int nobody = 65534;
  Json::Array containers;
  for (auto const& container : plan.containers.items()) containers.push_back(confined(container));
  Json spec = Json::Object{{"restartPolicy", "Never"},
                           {"activeDeadlineSeconds", plan.lifetime.count()},
                           {"terminationGracePeriodSeconds", 1},
                           {"automountServiceAccountToken", false},
                           {"enableServiceLinks", false},
                           {"securityContext", Json::Object{{"runAsNonRoot", true},
                                                            {"runAsUser", nobody},
                                                            {"runAsGroup", nobody},
                                                            {"fsGroup", nobody},
                                                            {"seccompProfile", Json::Object{{"type", "RuntimeDefault"}}}}},
                           {"containers", std::move(containers)}};
  for (auto const& [name, value] : plan.more.members()) spec.set(name) = value;
  Json const labels = Json::Object{{"app.kubernetes.io/name", "helm-coder"}, {"app.kubernetes.io/managed-by", "helm-coder"}};
  return Json::Object{{"apiVersion", "v1"},
                      {"kind", "Pod"},
                      {"metadata", Json::Object{{"name", plan.name}, {"labels", labels}, {"annotations", Json::Object{{made_by, this_run()}}}}},
                      {"spec", std::move(spec)}};
}

// Its run has ended: it came to an end itself, or the process was one of this machine and is no more.
bool is_left_behind(Json const& pod) {
  auto const& phase = pod["status"]["phase"].str();
  if (phase == "Failed" || phase == "Succeeded") return true;
  auto const run = base::split(pod["metadata"]["annotations"][made_by].str(), ' ');
  if (run.size() != 3 || run[2] != here()) return false;
  auto const pid = base::whole_number(run[1]).value_or(0);
  return pid > 0 && kill(static_cast<pid_t>(pid), 0) != 0 && errno == ESRCH;
}

void delete_pod(Kubernetes& api, std::string const& path, std::string const& uid, Answer* answer = nullptr) {
  Json const options = Json::Object{{"apiVersion", "v1"}, {"kind", "DeleteOptions"}, {"preconditions", Json::Object{{"uid", uid}}}};
  auto given = api.send("DELETE", path, base::to_text(options));
  if (answer) *answer = std::move(given);
}

void remove_what_was_left(Kubernetes& api, std::string const& name_space) {
  auto const answer = api.get(path_of(name_space) + "?labelSelector=" + url_encoded(ours));
  auto const list = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  if (!list) return;
  for (auto const& pod : (*list)["items"].items())
    if (is_left_behind(pod)) delete_pod(api, path_of(name_space, pod["metadata"]["name"].str()), pod["metadata"]["uid"].str());
}

// Who may not delete it would leave it there.
bool may_delete(Kubernetes& api, std::string const& name_space) {
  Right const right{.verb = "delete", .group = "", .resource = "pods", .name_space = name_space, .name = ""};
  return allowed_by(api.send_all({review_of(right)}).front()).value_or(false);
}

std::string with_reason(Json const& from) {
  auto const& reason = from["reason"].str();
  auto const& message = from["message"].str();
  return base::printable(reason + (reason.empty() || message.empty() ? "" : ": ") + message);
}

// At which step the kubelet gave up for now, by the reason why a container waits; nothing: it may still come.
// Source: k8s.io/kubernetes pkg/kubelet/images/types.go and pkg/kubelet/container/sync_result.go.
std::optional<Step> failed_step(std::string_view reason) {
  for (auto const* known : {"ErrImagePull", "ImagePullBackOff", "InvalidImageName", "ErrImageNeverPull", "ImageInspectError", "RegistryUnavailable"})
    if (reason == known) return Step::pull;
  for (auto const* known : {"CreateContainerConfigError", "CreateContainerError", "RunContainerError", "CrashLoopBackOff"})
    if (reason == known) return Step::start;
  return {};
}

}  // namespace

std::optional<Stuck> stuck(Json const& container) {
  auto const& waiting = container["state"]["waiting"];
  if (auto const step = failed_step(waiting["reason"].str())) return Stuck{*step, with_reason(waiting)};
  auto const& terminated = container["state"]["terminated"];
  if (terminated.is_null()) return {};
  auto const code = "its container ended with exit code " + std::to_string(terminated["exitCode"].int_or(-1));
  auto const words = with_reason(terminated);
  return Stuck{Step::other, words.empty() ? code : code + " (" + words + ")"};
}

std::string Pod::new_name(std::string const& purpose) { return "helm-coder-" + purpose + "-" + base::random_hex(3); }

std::unique_ptr<Pod> Pod::create(Kubernetes& api, Plan const& plan, std::string* why) {
  remove_what_was_left(api, plan.name_space);
  if (!may_delete(api, plan.name_space)) {
    *why = "you may not delete pods in namespace " + base::printable(plan.name_space) + ", so it would be left there";
    return nullptr;
  }
  auto const answer = api.send("POST", path_of(plan.name_space), base::to_text(manifest_of(plan)));
  auto const made = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  if (!made) {
    *why = error_of(answer);
    return nullptr;
  }
  return std::unique_ptr<Pod>(new Pod(api, path_of(plan.name_space, plan.name), (*made)["metadata"]["uid"].str()));
}

Pod::~Pod() {
  if (!removed_) remove();
}

std::optional<std::string> Pod::remove() {
  removed_ = true;
  Answer answer;
  delete_pod(api_, path_, uid_, &answer);
  bool const gone = answer.status == 404 || answer.status == 409;  // 409: another of that name
  if (!answer.ok() && !gone) return error_of(answer);
  // Its node needs a moment, in which it still counts in quotas. Whether it does or not, it goes.
  for (auto const deadline = Clock::now() + removal_limit; !gone && Clock::now() < deadline; std::this_thread::sleep_for(poll_interval))
    if (api_.get(path_).status == 404) break;
  return {};
}

Json Pod::look(std::string* why) {
  auto const answer = api_.get(path_);
  auto seen = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  if (!seen) *why = error_of(answer);
  return seen ? std::move(*seen) : Json();
}

std::string Pod::why_not_yet(Json const& pod) {
  for (auto const& condition : pod["status"]["conditions"].items())
    if (condition["type"].str() == "PodScheduled" && condition["status"].str() == "False") return with_reason(condition);
  auto path = path_.substr(0, path_.rfind("/pods/")) + "/events?fieldSelector=" + url_encoded("involvedObject.uid=" + uid_);
  auto const answer = api_.get(path);
  auto const events = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  std::string words;
  if (events)
    for (auto const& event : (*events)["items"].items())
      if (event["type"].str() == "Warning") words = with_reason(event);
  if (!words.empty()) return words;
  auto const& containers = pod["status"]["containerStatuses"].items();
  auto const waiting = containers.empty() ? "" : with_reason(containers[0]["state"]["waiting"]);
  return waiting.empty() ? "no node has taken it up" : waiting;
}

std::optional<Stuck> Pod::wait_until_running(std::chrono::seconds limit) {
  auto const deadline = Clock::now() + limit;
  for (;;) {
    std::string why;
    auto const pod = look(&why);
    if (pod.is_null()) return Stuck{Step::other, why};
    auto const& status = pod["status"];
    auto const& containers = status["containerStatuses"].items();
    for (auto const& container : containers)
      if (auto trouble = stuck(container)) return trouble;
    if (status["phase"].str() == "Failed") return Stuck{Step::other, with_reason(status)};
    bool const running = std::all_of(containers.begin(), containers.end(), [](Json const& each) { return each["state"].has("running"); });
    if (running && containers.size() == pod["spec"]["containers"].items().size()) return {};
    if (Clock::now() >= deadline) return Stuck{Step::other, "it did not start within " + std::to_string(limit.count()) + " s (" + why_not_yet(pod) + ")"};
    if (Interrupts::pending()) return Stuck{Step::other, "interrupted"};
    std::this_thread::sleep_for(poll_interval);
  }
}

}  // namespace clients
