#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Target const& target, state::Knowledge const& known) {
  Outcome out;
  auto const version = coder_version(target, out);
  if (!version) return out;
  auto const* release = known_release(known, *version);
  if (!release || (!release->withdrawn && !release->fatal)) return out;
  out.findings.push_back({target.name + " " + target.version, "", release->symptom,
                          helm_coder({"preflight", "--version", release->fixed_in})});
  return out;
}

}  // namespace

extern Check const target_sound;
Check const target_sound{.code = "HC107",
                         .name = "target-sound",
                         .severity = Severity::error,
                         .summary = "the target version is neither withdrawn nor known to break",
                         .page =
#include "target_sound.md.inc"
                         ,
                         .run = on<test>};

}  // namespace checks
