#include "base/semver.h"
#include "checks/check.h"

namespace checks {
namespace {

// The first Helm with --dry-run=server. Before it, a dry run never asks the cluster anything (Helm's
// pkg/action/action.go).
constexpr base::Version first_to_look{3, 13, 0, {}};

Outcome test(state::Helm const& helm) {
  if (helm.path.empty()) return {.unverified = {{"helm", "there is no Helm to ask", "helm coder explain HC101"}}};
  auto const version = base::parse_version(helm.version);
  if (!version) return {.unverified = {{"helm", "its version \"" + helm.version + "\" is none that we can read", ""}}};
  if (*version >= first_to_look) return {};
  return {.findings = {
              {"helm", "",
               "with Helm " + helm.version +
                   ", `helm upgrade --dry-run` and `helm template`, and `helm diff` with them, show Coder's chart an "
                   "empty cluster, so their Services and Ingress may differ from the real upgrade's; this rehearsal is "
                   "not affected",
               Advice{"Go by this rehearsal, or use `helm upgrade --dry-run=server` of Helm 3.13.0 or newer."}}}};
}

}  // namespace

extern Check const dry_run_lookup;
Check const dry_run_lookup{.code = "HC102",
                           .name = "dry-run-lookup",
                           .severity = Severity::warning,
                           .summary = "Helm's own dry run can see the cluster",
                           .page =
#include "dry_run_lookup.md.inc"
                           ,
                           .run = on<test>};

}  // namespace checks
