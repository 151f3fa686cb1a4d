#include "checks/common.h"
#include "checks/stops.h"

namespace checks {
namespace {

Outcome test(state::Target const& target, state::Knowledge const& known) {
  Outcome out;
  auto const version = coder_version(target, out);
  if (!version || known_release(known, *version)) return out;
  out.findings.push_back({target.name + " " + target.version, "",
                          "this program does not know it, and so not what it breaks or which values it refuses; the newest "
                          "that it knows is " + newest_known(known),
                          Advice{"Read its changelog; --knowledge DIR takes newer files of knowledge, where you have them."}});
  return out;
}

}  // namespace

extern Check const target_known;
Check const target_known{.code = "HC109",
                         .name = "target-known",
                         .severity = Severity::warning,
                         .summary = "the target version is one that this program knows",
                         .page =
#include "target_known.md.inc"
                         ,
                         .run = on<test>};

}  // namespace checks
