#include "base/text.h"
#include "checks/check.h"

namespace checks {
namespace {

Outcome test(state::Release const& release, state::Request const& request, Now now) {
  if (release.revisions.empty() || request.holder_is_dead) return {};
  auto const& last = release.revisions.back();
  if (!last.status.starts_with("pending-") && last.status != "uninstalling") return {};
  auto const age = now.seconds - last.updated;
  auto const since = last.updated > 0 ? " for " + base::rough_duration(age) : "";
  return {.findings = {{"release " + release.name, "",
                        "revision " + std::to_string(last.number) + " has been " + last.status + since +
                            ": another Helm works on it, or was killed while it did",
                        helm_coder({"recover"})}}};
}

}  // namespace

extern Check const no_operation;
Check const no_operation{.code = "HC202",
                         .name = "no-operation",
                         .severity = Severity::error,
                         .summary = "no other operation holds the release",
                         .page =
#include "no_operation.md.inc"
                         ,
                         .run = on<test>,
                         .may_be_ignored = false};

}  // namespace checks
