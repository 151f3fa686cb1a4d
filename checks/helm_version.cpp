#include "base/semver.h"
#include "checks/check.h"

namespace checks {
namespace {

// Coder asks for Helm 3.6 (coder-doctor's table for 1.20 and 1.21).
constexpr base::Version oldest{3, 6, 0, {}};

Outcome test(state::Helm const& helm) {
  Advice const install{"Install Helm 3.6.0 or newer, or set HELM_BIN to one that is installed."};
  if (helm.path.empty()) return {.findings = {{"helm", "", "no helm was found in PATH, nor in HELM_BIN", install}}};
  auto const version = base::parse_version(helm.version);
  if (!version) return {.unverified = {{"helm", "its version \"" + helm.version + "\" is none that we can read", ""}}};
  if (*version >= oldest) return {};
  return {.findings = {{"helm", "", helm.path + " is Helm " + helm.version + "; Coder needs 3.6.0 or newer", install}}};
}

std::string detail(state::State const& state) {
  auto const* helm = state::seen(state.helm);
  return helm ? helm->version : "";
}

}  // namespace

extern Check const helm_version;
Check const helm_version{.code = "HC101",
                         .name = "helm-version",
                         .severity = Severity::error,
                         .summary = "Helm is new enough",
                         .page =
#include "helm_version.md.inc"
                         ,
                         .run = on<test>,
                         .detail = detail};

}  // namespace checks
