#include "journey/kubernetes.h"

#include "base/text.h"
#include "checks/stops.h"

namespace journey {
namespace {

using checks::Fit;

std::string range_of(std::vector<std::string> const& versions) {
  return versions.size() == 1 ? versions.front() : versions.front() + " to " + versions.back();
}

}  // namespace

Kubernetes::Kubernetes(Sight const& sight, state::Knowledge const& known)
    : sight_(sight), known_(known), before_(checks::kubernetes_range(known, sight.from, false)) {
  if (auto const* cluster = state::seen(sight.cluster)) at_ = base::parse_version(cluster->version);
}

// To a version that the Coder of before goes with too, since that still runs while the cluster is upgraded.
void Kubernetes::bring_to(state::KubernetesRange const& range, std::string const& why, Stop& stop) {
  auto const least = base::parse_version(range.at_least);
  auto most = range.at_most;
  if (before_ && !before_->at_most.empty() && (most.empty() || base::parse_version(before_->at_most) < base::parse_version(most)))
    most = before_->at_most;
  bool const open = most.empty() || base::parse_version(most) < least;
  auto const to = range.at_least + (open ? " or newer" : most == range.at_least ? "" : " (at most " + most + ")");
  stop.before.push_back({.text = "Bring the cluster to Kubernetes " + to + ": " + why + "."});
  at_ = least;
}

void Kubernetes::judge(base::Version const& coder, Stop& stop) {
  auto const* required = checks::kubernetes_range(known_, coder, true);
  auto const* supported = checks::kubernetes_range(known_, coder, false);
  if (!supported) silent_.push_back(stop.version);
  if (auto const words = supported ? checks::in_words(*supported) : ""; !at_ && !words.empty() && words != said_)
    stop.notes.push_back({.about = "Kubernetes", .text = "Coder supports Kubernetes " + (said_ = words) + " from here on."});
  if (at_ && required && checks::fit(*required, *at_) == Fit::too_new)
    stop.notes.push_back({.about = "Kubernetes",
                          .text = "It can't be installed on Kubernetes " + base::to_text(*at_) + ": " + required->why + ".",
                          .forbids = true});
  else if (at_ && supported && checks::fit(*supported, *at_) == Fit::too_new)
    too_new_.push_back(stop.version);
  if (at_ && supported && checks::fit(*supported, *at_) == Fit::too_old)
    bring_to(*supported, "Coder supports " + checks::in_words(*supported) + " with " + stop.version, stop);
  if (at_ && required && checks::fit(*required, *at_) == Fit::too_old) bring_to(*required, required->why, stop);
  before_ = supported;
}

void Kubernetes::sum_up(Journey& journey) const {
  if (!at_) {
    auto const* unknown = std::get_if<state::Unknown>(&sight_.cluster);
    journey.unverified.push_back({"the cluster's Kubernetes", unknown ? unknown->why : "its version can't be read", unknown ? unknown->tell : ""});
  }
  if (!too_new_.empty())
    journey.notes.push_back({.about = "Kubernetes",
                             .text = "The cluster's Kubernetes is newer than what Coder supports with " + range_of(too_new_) +
                                     ". That may work, and nobody at Coder promises it; preflight tells what the cluster makes of each upgrade."});
  if (!silent_.empty())
    journey.unverified.push_back({"Kubernetes for " + range_of(silent_), "Coder's documentation names no versions",
                                  "Its rule is: the release that is current when Coder's is published, and the two before."});
}

}  // namespace journey
