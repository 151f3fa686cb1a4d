#include "checks/coder.h"

namespace checks {
namespace {

Outcome test(state::Coder const& coder, state::Release const& release) {
  Outcome out;
  auto const* base = installed(release);
  auto const recorded = base ? base::parse_version(base->chart_version) : std::nullopt;
  auto const running = base::parse_version(coder.version);
  if (!running) out.unverified.push_back({"", "Coder (" + coder.address + ") does not say its version", "Look for it in Coder's admin panel."});
  if (!recorded) out.unverified.push_back({"", "the release's record names no version", "helm history " + release.name});
  if (!running || !recorded || *running == *recorded) return out;
  return {.findings = {{"Coder (" + coder.address + ")", "",
                        "it runs " + base::to_text(*running) + ", while revision " + std::to_string(base->number) + " of the release is " + base::to_text(*recorded),
                        Advice{"Find out why before you upgrade: an image may be pinned in the values, the last upgrade may not have come through, or --coder-url may name another Coder."}}}};
}

std::string detail(state::State const& state) {
  auto const* coder = state::seen(state.coder);
  return coder ? coder->version : "";
}

}  // namespace

extern Check const running_version;
Check const running_version{.code = "HC601",
                            .name = "running-version",
                            .severity = Severity::warning,
                            .summary = "the Coder that runs is the one that the release names",
                            .page =
#include "running_version.md.inc"
                            ,
                            .run = on<test>,
                            .detail = detail};

}  // namespace checks
