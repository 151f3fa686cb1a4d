#include "checks/check.h"

namespace checks {
namespace {

Outcome test(state::Release const& release, state::Request const& request) {
  if (release.revisions.empty() || release.base > 0) return {};
  auto const& last = release.revisions.back();
  if (request.install && last.status == "uninstalled") return {};
  return {.findings = {{"release " + release.name, "",
                        "no revision was ever deployed, or none is left, and the last one is " + last.status +
                            ": Helm would say that it \"has no deployed releases\"",
                        helm_coder({"recover"})}}};
}

std::string detail(state::State const& state) {
  auto const* release = state::seen(state.release);
  return release && release->base > 0 ? "revision " + std::to_string(release->base) : "";
}

}  // namespace

extern Check const base_revision;
Check const base_revision{.code = "HC204",
                          .name = "base-revision",
                          .severity = Severity::error,
                          .summary = "there is a revision to upgrade from",
                          .page =
#include "base_revision.md.inc"
                          ,
                          .run = on<test>,
                          .detail = detail};

}  // namespace checks
