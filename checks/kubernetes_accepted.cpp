#include "base/text.h"
#include "checks/common.h"
#include "checks/stops.h"

namespace checks {
namespace {

// ">= 1.21.0-0", as all of Coder's charts write it. What is written otherwise is Helm's to understand.
std::optional<std::string> at_least(std::string_view constraint) {
  if (!constraint.starts_with(">=")) return {};
  auto const version = base::parse_version(base::trim(constraint.substr(2)));
  if (!version) return {};
  return base::release_line(*version) + (version->patch > 0 ? "." + std::to_string(version->patch) : "");
}

// What the target's own chart asks for wins over what is known of it.
std::optional<state::KubernetesRange> required(base::Version const& version, state::Target const* target,
                                               state::Knowledge const& known, Outcome& out) {
  auto const* range = kubernetes_range(known, version, true);
  auto needed = range ? std::optional(*range) : std::nullopt;
  if (!target || target->kube_version.empty()) return needed;
  auto const asked = at_least(target->kube_version);
  if (asked) return state::KubernetesRange{.at_least = *asked, .required = true, .why = "its chart asks for it"};
  out.unverified.push_back({target->name + " " + target->version,
                            "its chart asks for Kubernetes \"" + target->kube_version + "\", which only Helm can judge",
                            "helm coder explain HC404"});
  return {};
}

void judge_one(std::string const& stop, state::Target const* target, base::Version const& kubernetes,
               state::Knowledge const& known, Outcome& out) {
  auto const version = base::parse_version(stop);
  auto const range = version ? required(*version, target, known, out) : std::nullopt;
  auto const how = range ? fit(*range, kubernetes) : Fit::fits;
  if (how == Fit::fits) return;
  auto const message = "it needs Kubernetes " + in_words(*range) + ", and this is " + base::to_text(kubernetes) + ": " + range->why;
  auto const advice = how == Fit::too_old ? "Bring the cluster to Kubernetes " + range->at_least + " or newer first."
                                          : "Upgrade Coder on Kubernetes " + range->at_most + " or older, and the cluster after that.";
  out.findings.push_back({"Coder " + stop, "", message, Advice{advice}});
}

Outcome test(state::Cluster const& cluster, state::Release const& release, state::Target const& target,
             state::Seen<state::Repository> const& repository, state::Knowledge const& known) {
  Outcome out;
  auto const kubernetes = base::parse_version(cluster.version);
  if (!kubernetes) return {.unverified = {{"", "the cluster's version \"" + cluster.version + "\" is none that can be read", ""}}};
  for (auto const& stop : way(release, target, repository, known, out))
    judge_one(stop, stop == target.version ? &target : nullptr, *kubernetes, known, out);
  return out;
}

std::string detail(state::State const& state) {
  auto const* cluster = state::seen(state.cluster);
  return cluster ? cluster->version : "";
}

}  // namespace

extern Check const kubernetes_accepted;
Check const kubernetes_accepted{.code = "HC405",
                                .name = "kubernetes-accepted",
                                .severity = Severity::error,
                                .summary = "the charts on the way can do with this Kubernetes",
                                .page =
#include "kubernetes_accepted.md.inc"
                                ,
                                .run = on<test>,
                                .detail = detail};

}  // namespace checks
