#include "checks/common.h"
#include "checks/stops.h"

namespace checks {
namespace {

Outcome test(state::Release const& release, state::Target const& target,
             state::Seen<state::Repository> const& repository, state::Knowledge const& known) {
  Outcome out;
  auto const hops = hop(release, target, out);
  if (!hops) return out;
  auto const& [from, to] = *hops;
  auto const message = base::to_text(from) + " → " + base::to_text(to);
  if (to.major > from.major) {
    out.findings.push_back(
        {message, "",
         "Coder " + std::to_string(to.major) + " can't take over from Coder " + std::to_string(from.major) +
             ": it refuses its database",
         Advice{"Stay with Coder " + std::to_string(from.major) + " here, and install the other one beside it."}});
  } else if (to.major == from.major && to.minor > from.minor + 1) {
    auto const next = base::release_line({from.major, from.minor + 1, 0, {}});
    out.findings.push_back({message, "", "Coder supports one release line at a time, and the next one is " + next,
                            helm_coder({"upgrade", "--version", newest_patch(known, next, indexed(repository))})});
  }
  return out;
}

std::string detail(state::State const& state) {
  auto const* release = state::seen(state.release);
  auto const* target = state::seen(state.target);
  auto const* base = release ? installed(*release) : nullptr;
  return base && target ? base->chart_version + " → " + target->version : "";
}

}  // namespace

extern Check const one_line_at_a_time;
Check const one_line_at_a_time{.code = "HC401",
                               .name = "one-line-at-a-time",
                               .severity = Severity::error,
                               .summary = "no release line is skipped",
                               .page =
#include "one_line_at_a_time.md.inc"
                               ,
                               .run = on<test>,
                               .detail = detail};

}  // namespace checks
