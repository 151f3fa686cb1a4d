#include "cli/pulling.h"

#include <algorithm>

#include "cli/consent.h"
#include "clients/manifest.h"
#include "collect/pulled_images.h"
#include "rehearsal/referrals.h"

namespace cli {
namespace {

using base::Json;

// Of the release that Helm would make, hooks too.
std::vector<Json> pod_specs_of(Json const& release) {
  std::vector<Json> specs;
  auto const add = [&](std::string const& manifest) {
    for (auto const& rendered : clients::parse_manifest(manifest))
      if (auto const& spec = rehearsal::pod_spec_of(rendered.object); !spec.is_null()) specs.push_back(spec);
  };
  add(release["manifest"].str());
  for (auto const& hook : release["hooks"].items()) add(hook["manifest"].str());
  return specs;
}

bool runs(Json const& pod_spec, std::string const& image) {
  for (auto const* kind : {"initContainers", "containers"})
    for (auto const& container : pod_spec[kind].items())
      if (container["image"].str() == image) return true;
  return false;
}

// One pod for all images whose pods are pulled for in the same way. Those of other namespaces would be pulled with Secrets
// from there.
std::vector<collect::Pull> pulls_of(std::vector<state::Image> const& images, std::vector<Json> const& specs, std::string const& name_space) {
  std::vector<collect::Pull> pulls;
  for (auto const& each : images) {
    if (!each.is_new || each.pull_policy == "Never" || each.object.name_space != name_space) continue;
    auto const spec = std::find_if(specs.begin(), specs.end(), [&](Json const& one) { return runs(one, each.image); });
    if (spec == specs.end()) continue;
    auto const placement = collect::placement_of(*spec);
    auto pull = std::find_if(pulls.begin(), pulls.end(), [&](auto const& one) { return one.placement == placement; });
    if (pull == pulls.end()) pull = pulls.insert(pulls.end(), {placement, {}});
    bool const known = std::any_of(pulls.begin(), pulls.end(), [&](auto const& one) { return std::find(one.images.begin(), one.images.end(), each.image) != one.images.end(); });
    if (!known) pull->images.push_back(each.image);
  }
  std::erase_if(pulls, [](auto const& one) { return one.images.empty(); });
  return pulls;
}

}  // namespace

void pull_images(Live& live) {
  if (!live.rehearsed.release) return;
  auto& images = live.rehearsed.seen.images;
  auto const& name_space = live.state.request.name_space;
  collect::pull(images, {.access = clients::access_from_environment(),
                         .name_space = name_space,
                         .pulls = pulls_of(images, pod_specs_of(*live.rehearsed.release), name_space),
                         .agree = [&](auto const& words) { return agrees(live.yes, words); },
                         .tell = say});
}

}  // namespace cli
