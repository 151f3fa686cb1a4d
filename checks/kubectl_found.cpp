#include "checks/check.h"

namespace checks {
namespace {

Outcome test(state::Kubectl const& kubectl) {
  if (!kubectl.path.empty()) return {};
  return {.findings = {{"kubectl", "",
                        "no kubectl was found in PATH: without it nothing in the cluster can be seen or rehearsed",
                        Advice{"Install kubectl, or add its folder to PATH."}}}};
}

std::string detail(state::State const& state) {
  auto const* kubectl = state::seen(state.kubectl);
  return kubectl ? kubectl->path : "";
}

}  // namespace

extern Check const kubectl_found;
Check const kubectl_found{.code = "HC103",
                          .name = "kubectl-found",
                          .severity = Severity::warning,
                          .summary = "kubectl is there to reach the cluster with",
                          .page =
#include "kubectl_found.md.inc"
                          ,
                          .run = on<test>,
                          .detail = detail};

}  // namespace checks
