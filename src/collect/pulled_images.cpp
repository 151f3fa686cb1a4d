#include "collect/pulled_images.h"

#include <algorithm>
#include <map>
#include <memory>
#include <thread>
#include <utility>

#include "base/text.h"
#include "clients/pod.h"

namespace collect {
namespace {

using base::Json;
using state::Judgement;
using Clock = std::chrono::steady_clock;

constexpr auto poll_interval = std::chrono::milliseconds(500);

struct Found {
  Judgement judgement = Judgement::not_verified;
  std::string message;
};
using Results = std::map<std::string, Found>;

// A pod, and which of its containers are of which image.
struct Puller {
  clients::Pod::Plan plan;
  std::vector<std::string> images;
  std::unique_ptr<clients::Pod> pod = nullptr;
};

// Nothing is started: there is no such program in any image, which is found only once the image is there.
Puller puller_of(Pull const& pull, PullQuestion const& question) {
  Puller puller{.plan = {.name = clients::Pod::new_name("pull"), .name_space = question.name_space, .containers = {}, .more = pull.placement, .lifetime = question.limit}, .images = pull.images};
  for (std::size_t i = 0; i < pull.images.size(); ++i)
    puller.plan.containers.add(Json::Object{{"name", "image-" + std::to_string(i)},
                                            {"image", pull.images[i]},
                                            {"imagePullPolicy", "Always"},
                                            {"command", Json::Array{"/helm-coder-only-pulls"}}});
  return puller;
}

std::string in_words(std::vector<Puller> const& pullers, PullQuestion const& question) {
  std::vector<std::string> names, images;
  for (auto const& each : pullers) {
    names.push_back(each.plan.name);
    for (auto const& image : each.images) images.push_back(base::printable(image));
  }
  return "The new images are to be pulled by a pod:\n"
         "  pod    " + base::join(names, ", ") + " in namespace " + base::printable(question.name_space) + ", deleted when they are pulled (" + base::rough_duration(question.limit.count()) + " at most)\n"
         "  image  " + base::join(images, ", ") + "\n"
         "  does   have a node pull them; nothing is run in them\n"
         "Create it?";
}

// Of a containerStatus. What comes after the pull, an error too, shows that there was one. `before`: a failure is tried
// again, and only its first words tell the cause.
Found read(Json const& container, Found before) {
  auto const& state = container["state"];
  auto stuck = clients::stuck(container);
  if (state.has("terminated") || state.has("running") || (stuck && stuck->step == clients::Step::start)) return {Judgement::accepted, {}};
  bool const backs_off = state["waiting"]["reason"].str() == "ImagePullBackOff" && before.judgement == Judgement::rejected;
  if (stuck && !backs_off) return {Judgement::rejected, std::move(stuck->why)};
  return before;
}

// True once nothing is open any more.
bool look(Puller& puller, Results& results) {
  std::string why;
  auto const pod = puller.pod->look(&why);
  for (auto const& container : pod["status"]["containerStatuses"].items()) {
    auto const number = base::whole_number(container["name"].str().substr(std::string("image-").size()));
    if (!number || static_cast<std::size_t>(*number) >= puller.images.size()) continue;
    auto& result = results[puller.images[static_cast<std::size_t>(*number)]];
    result = read(container, result);
  }
  return std::all_of(puller.images.begin(), puller.images.end(), [&](auto const& image) { return results[image].judgement != Judgement::not_verified; });
}

// What is open in the end is so for the reason why the pod did not come.
void give_reasons(Puller& puller, Results& results) {
  std::string why;
  if (auto const pod = puller.pod->look(&why); !pod.is_null()) why = puller.pod->why_not_yet(pod);
  for (auto const& image : puller.images)
    if (auto& result = results[image]; result.judgement == Judgement::not_verified) result.message = "no node pulled it in time: " + why;
}

void watch(std::vector<Puller>& pullers, PullQuestion const& question, Results& results) {
  auto const deadline = Clock::now() + question.limit;
  for (bool open = true; open && Clock::now() < deadline && !clients::Interrupts::pending();) {
    open = false;
    for (auto& puller : pullers)
      if (puller.pod && !look(puller, results)) open = true;
    if (open) std::this_thread::sleep_for(poll_interval);
  }
  for (auto& puller : pullers) {
    if (!puller.pod) continue;
    give_reasons(puller, results);
    if (auto const left = puller.pod->remove())
      question.tell("pod " + puller.plan.name + " in namespace " + puller.plan.name_space + " could not be deleted: " + *left);
  }
}

void run(std::vector<Puller>& pullers, PullQuestion const& question, Results& results) {
  std::string why;
  auto const proxy = clients::Proxy::start(question.access, false, &why);
  if (!proxy) {
    for (auto const& puller : pullers)
      for (auto const& image : puller.images) results[image].message = "the cluster can't be reached: " + why;
    return;
  }
  clients::Kubernetes api(*proxy);
  for (auto& puller : pullers) {
    puller.pod = clients::Pod::create(api, puller.plan, &why);
    if (puller.pod) continue;
    for (auto const& image : puller.images) results[image].message = "the pod that pulls it could not be created: " + why;
  }
  watch(pullers, question, results);
  for (auto& puller : pullers) puller.pod.reset();  // before the connection that they need
}

}  // namespace

Json placement_of(Json const& pod_spec) {
  Json placement = Json::Object{};
  for (auto const* field : {"imagePullSecrets", "nodeSelector", "tolerations", "affinity"})
    if (auto const* value = pod_spec.find(field); value && !value->is_null()) placement.set(field) = *value;
  return placement;
}

void pull(std::vector<state::Image>& images, PullQuestion const& question) {
  std::vector<Puller> pullers;
  for (auto const& each : question.pulls) pullers.push_back(puller_of(each, question));
  if (pullers.empty()) return;
  Results results;
  bool const agreed = question.agree(in_words(pullers, question));
  if (agreed) run(pullers, question, results);
  for (auto const& each : question.pulls)
    for (auto const& image : each.images)
      if (!agreed) results[image].message = "nobody agreed to the pod that pulls it";
  for (auto& each : images)
    if (auto const at = results.find(each.image); at != results.end() && each.is_new)
      each.found = at->second.judgement, each.message = at->second.message, each.pulled = true;
}

}  // namespace collect
