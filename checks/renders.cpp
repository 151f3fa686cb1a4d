#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal) {
  Outcome out;
  if (rehearsal.ending == state::Ending::render) {
    out.findings.push_back(
        {"", "", rehearsal.error.empty() ? "Helm gave no reason" : rehearsal.error,
         Advice{"Correct the value that it names, or take a version of the chart that accepts it."}});
    return out;
  }
  note_unreached(rehearsal, rendered(rehearsal), out);
  return out;
}

}  // namespace

extern Check const renders;
Check const renders{.code = "HC404",
                    .name = "renders",
                    .severity = Severity::error,
                    .summary = "the chart renders with these values",
                    .page =
#include "renders.md.inc"
                    ,
                    .run = on<test>};

}  // namespace checks
