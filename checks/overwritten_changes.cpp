#include "checks/common.h"

namespace checks {
namespace {

bool is_scaler(state::DriftedField const& field) { return field.manager.starts_with("HorizontalPodAutoscaler/"); }

std::string by_whom(state::DriftedField const& field) {
  if (field.manager.empty()) return {};
  auto const day = field.since.substr(0, field.since.find('T'));
  return " by " + field.manager + (day.empty() ? "" : " on " + day);
}

std::string end_of(state::DriftedField const& field) {
  if (field.after == field.manifest) return "; the release has " + field.manifest + ", and the upgrade sets it back";
  auto const was = field.manifest.empty() ? "" : "; the release has " + field.manifest + ",";
  return was + (field.after.empty() ? " and the upgrade takes it away" : " and the upgrade makes it " + field.after);
}

std::string message(state::DriftedField const& field) {
  auto const who = by_whom(field);
  if (field.path.empty()) return "was deleted since, and the upgrade makes it anew";
  if (field.line > 0) return "was changed" + who + " from line " + std::to_string(field.line) + " on, and the upgrade overwrites it";
  if (field.live == state::hidden) return "was changed" + who + ", and the upgrade overwrites it";
  return (field.live.empty() ? "was taken away" + who : "was changed to " + field.live + who) + end_of(field);
}

Advice advice(state::DriftedField const& field) {
  if (is_scaler(field))
    return {"The autoscaler sets it again after the upgrade; leave the number out of the values, or give it the one that it has now."};
  return {"If it is to stay, put it into your values; else the upgrade takes it back."};
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  for (auto const& drift : rehearsal.drifts) {
    auto const object = drift.object.kind.empty() ? "" : name_of(drift.object, request);
    for (auto const& field : drift.fields) out.findings.push_back({object, field.path, message(field), advice(field)});
    if (drift.more > 0)
      out.findings.push_back({object, "", "and " + std::to_string(drift.more) + " more", advice({})});
    if (!drift.unsure.empty())
      out.unverified.push_back({object, drift.unsure, "Compare it with the release: helm get manifest " + request.release + "."});
  }
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const overwritten_changes;
Check const overwritten_changes{.code = "HC311",
                                .name = "overwritten-changes",
                                .severity = Severity::warning,
                                .summary = "no change that others made is overwritten",
                                .page =
#include "overwritten_changes.md.inc"
                                ,
                                .run = on<test>};

}  // namespace checks
