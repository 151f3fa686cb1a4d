#include "checks/coder.h"
#include "checks/stops.h"

namespace checks {
namespace {

Outcome test(state::Coder const& coder, state::Target const& target, state::Seen<state::Repository> const& repository,
             state::Knowledge const& known) {
  Outcome out;
  auto const to = coder_version(target, out);
  if (!to) return out;
  auto const running = base::parse_version(coder.version);
  if (!running) {
    out.unverified.push_back({"", "Coder (" + coder.address + ") does not say its version", "Look for it in Coder's admin panel."});
    return out;
  }
  if (running->major != to->major || to->minor <= running->minor + 1) return out;
  auto const next = base::release_line({running->major, running->minor + 1, 0, {}});
  return {.findings = {{base::to_text(*running) + " → " + base::to_text(*to), "",
                        "Coder (" + coder.address + ") runs " + base::to_text(*running) + ", and Coder supports one release line at a time; the next one is " + next,
                        helm_coder({"upgrade", "--version", newest_patch(known, next, indexed(repository))})}}};
}

}  // namespace

extern Check const running_line;
Check const running_line{.code = "HC602",
                         .name = "running-line",
                         .severity = Severity::error,
                         .summary = "from the Coder that runs, no release line is skipped",
                         .page =
#include "running_line.md.inc"
                         ,
                         .run = on<test>};

}  // namespace checks
