#include "rehearsal/images.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "rehearsal/referrals.h"

namespace rehearsal {
namespace {

using base::Json;

// As container runtimes read a name: what is in front of the first slash, if it looks like a host.
std::string registry_of(std::string const& image) {
  auto const first = image.substr(0, image.find('/'));
  bool const is_host = first.size() < image.size() && (first.find_first_of(".:") != std::string::npos || first == "localhost");
  return is_host ? first : "docker.io";
}

template <class Use>
void for_each_container(Json const& pod_spec, Use use) {
  for (auto const* kind : {"initContainers", "containers"})
    for (auto const& container : pod_spec[kind].items())
      if (!container["image"].str().empty()) use(container);
}

class Images {
 public:
  Images(Scene const& scene, Questions& ask) : scene_(scene), ask_(ask) {}

  std::vector<state::Image> read(std::vector<Hook> const& hooks) {
    for (auto const& rendered : scene_.old_objects)
      if (auto const key = ask_.resources.key_of(rendered, scene_.name_space)) learn(rendered, *key);
    for (auto const& rendered : scene_.new_objects) add(rendered);
    for (auto const& hook : hooks) add(hook.object);
    return std::move(all_);
  }

 private:
  // What runs now, as the live object says.
  void learn(Rendered const& rendered, Key const& key) {
    auto const live = scene_.played->live.find(key);
    for_each_container(pod_spec_of(live == scene_.played->live.end() ? rendered.object : live->second), [&](Json const& container) {
      auto const& image = container["image"].str();
      running_.insert(image);
      registries_.insert(registry_of(image));
      registry_[key.name + "/" + container["name"].str()] = registry_of(image);
    });
  }

  void add(Rendered const& rendered) {
    auto const& spec = pod_spec_of(rendered.object);
    auto const key = spec.is_null() ? std::nullopt : ask_.resources.key_of(rendered, scene_.name_space);
    if (!key) return;
    for_each_container(spec, [&](Json const& container) {
      auto const& image = container["image"].str();
      state::Image seen{.object = {rendered.kind, key->group, key->name_space, base::printable(rendered.name)}, .image = base::printable(image)};
      seen.is_new = !running_.contains(image);
      if (seen.is_new) seen.registry_before = base::printable(other_registry(*key, container, image));
      seen.pull_policy = base::printable(container["imagePullPolicy"].str());
      seen.with_secrets = !spec["imagePullSecrets"].items().empty();
      if (std::find(all_.begin(), all_.end(), seen) == all_.end()) all_.push_back(std::move(seen));
    });
  }

  // Of the same container; of a new one, of any, unless one of the release comes from the same registry already.
  std::string other_registry(Key const& key, Json const& container, std::string const& image) const {
    auto const registry = registry_of(image);
    auto const same = registry_.find(key.name + "/" + container["name"].str());
    if (same != registry_.end()) return same->second == registry ? "" : same->second;
    return registries_.empty() || registries_.contains(registry) ? "" : *registries_.begin();
  }

  Scene const& scene_;
  Questions& ask_;
  std::set<std::string> running_, registries_;
  std::map<std::string, std::string> registry_;  // by workload and container
  std::vector<state::Image> all_;
};

}  // namespace

std::vector<state::Image> images_of(Scene const& scene, std::vector<Hook> const& hooks, Questions& ask) { return Images(scene, ask).read(hooks); }

}  // namespace rehearsal
