#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Release const& release, state::Target const& target) {
  Outcome out;
  auto const hops = hop(release, target, out);
  if (!hops) return out;
  auto const& [from, to] = *hops;
  if (base::release_line(from) != base::release_line(to) || to >= from) return out;
  out.findings.push_back(
      {base::to_text(from) + " → " + base::to_text(to), "",
       "it is older than what is installed, and what the newer one did to the database stays",
       Advice{"Stay at " + base::to_text(from) + " or newer, unless Coder told you to go back to this patch."}});
  return out;
}

}  // namespace

extern Check const no_older_patch;
Check const no_older_patch{.code = "HC403",
                           .name = "no-older-patch",
                           .severity = Severity::error,
                           .summary = "the target is not an older patch",
                           .page =
#include "no_older_patch.md.inc"
                           ,
                           .run = on<test>};

}  // namespace checks
