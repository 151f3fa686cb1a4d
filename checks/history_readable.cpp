#include "checks/check.h"

namespace checks {
namespace {

Outcome test(state::Release const& release) {
  Outcome out;
  for (auto const& revision : release.revisions) {
    if (revision.readable) continue;
    out.findings.push_back(
        {"revision " + std::to_string(revision.number), "",
         "its record can't be decoded: Helm passes over it or fails, and nobody can go back to it",
         Advice{"Look who writes to it (a backup tool, an encryption add-on) before anything else changes the "
                "release; do not delete it."}});
  }
  return out;
}

}  // namespace

extern Check const history_readable;
Check const history_readable{.code = "HC203",
                             .name = "history-readable",
                             .severity = Severity::warning,
                             .summary = "every record of the release can be read",
                             .page =
#include "history_readable.md.inc"
                             ,
                             .run = on<test>};

}  // namespace checks
