#include "base/text.h"
#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal) {
  auto const words = rehearsal.error.empty() ? "Helm gave no reason" : rehearsal.error;
  if (rehearsal.ending == state::Ending::storage)
    return {.findings = {
                {"", "", "Helm can't use its own record of the release: " + words,
                 Advice{"See to it that you may read and write the Secrets of the release's namespace (ConfigMaps with "
                        "HELM_DRIVER=configmap), and that the record is not too large."}}}};
  if (rehearsal.ending == state::Ending::other)
    return {.findings = {
                {"", "", "Helm stopped: " + words,
                 Advice{"Do what Helm asks for; `helm upgrade --dry-run` with the same flags should say the same."}}}};
  return {};
}

std::string detail(state::State const& state) {
  auto const* rehearsal = state::seen(state.rehearsal);
  return rehearsal ? base::count_of(rehearsal->writes.size(), "request") : "";
}

}  // namespace

extern Check const rehearsal_ended;
Check const rehearsal_ended{.code = "HC301",
                            .name = "rehearsal-ended",
                            .severity = Severity::error,
                            .summary = "Helm comes through to the end",
                            .page =
#include "rehearsal_ended.md.inc"
                            ,
                            .run = on<test>,
                            .detail = detail};

}  // namespace checks
