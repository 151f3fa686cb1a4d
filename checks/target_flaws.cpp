#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Target const& target, state::Seen<state::Values> const& values, state::Knowledge const& known) {
  Outcome out;
  auto const version = coder_version(target, out);
  auto const* release = version ? known_release(known, *version) : nullptr;
  if (!release || release->symptom.empty() || release->withdrawn || release->fatal) return out;
  auto const object = target.name + " " + target.version;
  if (!release->only_with.empty()) {
    auto const* set = state::seen(values);
    if (!set)
      out.unverified.push_back(
          {object, "whether " + release->only_with + " is set is unknown: " + std::get<state::Unknown>(values).why,
           std::get<state::Unknown>(values).tell});
    if (!set || !is_set(*set, release->only_with)) return out;
  }
  out.findings.push_back(
      {object, "", release->symptom,
       Advice{"Go to " + release->fixed_in + ", which has the correction, unless this does not concern you."}});
  return out;
}

}  // namespace

extern Check const target_flaws;
Check const target_flaws{.code = "HC108",
                         .name = "target-flaws",
                         .severity = Severity::warning,
                         .summary = "no defect of the target version is known",
                         .page =
#include "target_flaws.md.inc"
                         ,
                         .run = on<test>};

}  // namespace checks
