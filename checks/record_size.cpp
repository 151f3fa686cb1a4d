#include "checks/common.h"

namespace checks {
namespace {

constexpr std::int64_t limit = 1 << 20;  // bytes; source: k8s.io/kubernetes pkg/apis/core MaxSecretSize

Outcome test(state::Rehearsal const& rehearsal, state::Thresholds const& limits) {
  Outcome out;
  if (rehearsal.record_bytes > limit / 100 * limits.record_percent)
    out.findings.push_back({"the record of the new revision", "",
                            "it takes " + std::to_string(rehearsal.record_bytes / 1024) + " KiB of the 1024 KiB that the API server allows",
                            Advice{"Take what is large out of the chart's folder and of your values (files, certificates, comments), or the next upgrade fails."}});
  if (rehearsal.record_bytes == 0) note_unreached(rehearsal, false, out);
  return out;
}

}  // namespace

extern Check const record_size;
Check const record_size{.code = "HC206",
                        .name = "record-size",
                        .severity = Severity::warning,
                        .summary = "the release's record stays well below its limit",
                        .page =
#include "record_size.md.inc"
                        ,
                        .run = on<test>};

}  // namespace checks
