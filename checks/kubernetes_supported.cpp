#include "checks/common.h"
#include "checks/stops.h"

namespace checks {
namespace {

Finding describe(std::string const& stop, state::KubernetesRange const& range, base::Version const& kubernetes) {
  auto const message = "Coder supports Kubernetes " + in_words(range) + " with it, and this is " + base::to_text(kubernetes);
  auto const advice = fit(range, kubernetes) == Fit::too_old
                          ? "Bring the cluster to Kubernetes " + range.at_least + " or newer first."
                          : std::string("Coder makes no promise for it; the other checks tell what this cluster makes of the upgrade.");
  return {"Coder " + stop, "", message, Advice{advice}};
}

// "1.33", "1.33 to 1.36" of the versions for which nothing is documented.
std::string lines_of(std::vector<base::Version> const& versions) {
  auto const first = base::release_line(versions.front()), last = base::release_line(versions.back());
  return first == last ? first : first + " to " + last;
}

Outcome test(state::Cluster const& cluster, state::Release const& release, state::Target const& target,
             state::Seen<state::Repository> const& repository, state::Knowledge const& known) {
  Outcome out;
  auto const kubernetes = base::parse_version(cluster.version);
  if (!kubernetes) return {.unverified = {{"", "the cluster's version \"" + cluster.version + "\" is none that can be read", ""}}};
  std::vector<base::Version> silent;
  for (auto const& stop : way(release, target, repository, known, out)) {
    auto const version = base::parse_version(stop);
    auto const* range = version ? kubernetes_range(known, *version, false) : nullptr;
    if (version && !range) silent.push_back(*version);
    if (range && fit(*range, *kubernetes) != Fit::fits) out.findings.push_back(describe(stop, *range, *kubernetes));
  }
  if (!silent.empty())
    out.unverified.push_back({"", "Coder's documentation does not say which Kubernetes " + lines_of(silent) + " supports",
                              "Its rule is: the release that is current when Coder's is published, and the two before."});
  return out;
}

}  // namespace

extern Check const kubernetes_supported;
Check const kubernetes_supported{.code = "HC406",
                                 .name = "kubernetes-supported",
                                 .severity = Severity::warning,
                                 .summary = "Coder supports this Kubernetes all the way",
                                 .page =
#include "kubernetes_supported.md.inc"
                                 ,
                                 .run = on<test>};

}  // namespace checks
