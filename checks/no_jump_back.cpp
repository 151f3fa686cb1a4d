#include <utility>

#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Release const& release, state::Target const& target) {
  Outcome out;
  auto const hops = hop(release, target, out);
  if (!hops) return out;
  auto const& [from, to] = *hops;
  if (std::pair(to.major, to.minor) >= std::pair(from.major, from.minor)) return out;
  out.findings.push_back(
      {base::to_text(from) + " → " + base::to_text(to), "",
       "the database is one of " + base::release_line(from) + ", and an older version can't work with it",
       Advice{"Stay at " + base::to_text(from) +
              " or newer; the only way back is a snapshot of the database that "
              "was taken with the old version, restored together with it."}});
  return out;
}

}  // namespace

extern Check const no_jump_back;
Check const no_jump_back{.code = "HC402",
                         .name = "no-jump-back",
                         .severity = Severity::error,
                         .summary = "the target is not of an older release line",
                         .page =
#include "no_jump_back.md.inc"
                         ,
                         .run = on<test>,
                         .may_be_ignored = false};

}  // namespace checks
