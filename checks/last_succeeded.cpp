#include "checks/common.h"

namespace checks {
namespace {

// What other checks speak of: an operation that is under way.
bool is_under_way(std::string const& status) { return status.starts_with("pending-") || status == "uninstalling"; }

std::string base_of(state::Release const& release) {
  auto const* base = installed(release);
  if (!base) return "it has no revision to compare the new version with";
  return "Helm will compare the new version with revision " + std::to_string(base->number) +
         (base->chart_version.empty() ? "" : " (" + base->chart_version + ")") +
         (base->number == release.revisions.back().number ? ", of which only a part may be there" : "");
}

Outcome test(state::Release const& release) {
  if (release.revisions.empty()) return {};
  auto const& last = release.revisions.back();
  if (last.status == "deployed" || last.status == "superseded" || is_under_way(last.status)) return {};
  auto message = "it is " + (last.status.empty() ? "in a state that can't be read" : last.status);
  if (!last.chart_version.empty()) message += " (" + last.chart_version + ")";
  if (!last.description.empty()) message += ", with the words \"" + last.description + "\"";
  return {.findings = {{"revision " + std::to_string(last.number), "", message + "; " + base_of(release),
                        helm_coder({"recover"})}}};
}

}  // namespace

extern Check const last_succeeded;
Check const last_succeeded{.code = "HC205",
                           .name = "last-succeeded",
                           .severity = Severity::warning,
                           .summary = "the last operation on the release succeeded",
                           .page =
#include "last_succeeded.md.inc"
                           ,
                           .run = on<test>};

}  // namespace checks
