#include <algorithm>

#include "checks/common.h"

namespace checks {
namespace {

bool same(state::ObjectId const& a, state::ObjectId const& b) {
  return a.kind == b.kind && a.name_space == b.name_space && a.name == b.name;  // the group is what differs
}

// Where the objects differ in nothing but their apiVersion, Helm sends no update, just the deletion.
bool is_updated(state::Deletion const& deletion, state::Rehearsal const& rehearsal) {
  return std::any_of(rehearsal.writes.begin(), rehearsal.writes.end(), [&](state::Write const& write) {
    return write.verb != "DELETE" && write.api_version == deletion.still_written_as &&
           same(write.object, deletion.object);
  });
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request, state::Seen<state::Target> const& target,
             state::Seen<state::Helm> const& seen_helm) {
  auto const* helm = state::seen(seen_helm);
  auto const who = helm ? "Helm " + helm->version : std::string("Helm");
  Outcome out;
  for (auto const& deletion : rehearsal.deletions) {
    if (deletion.kept || deletion.still_written_as.empty()) continue;
    auto const message =
        is_updated(deletion, rehearsal)
            ? who + " updates it as " + deletion.still_written_as + ", then deletes it as " + deletion.api_version
            : "the new version has it as " + deletion.still_written_as + ", and " + who + " deletes it as " +
                  deletion.api_version;
    out.findings.push_back({name_of(deletion.object, request), "", message,
                            upgrade_with("--protect", deletion.object, request, target,
                                         Advice{"Annotate it with helm.sh/resource-policy=keep before the upgrade."})});
  }
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const still_wanted_objects;
Check const still_wanted_objects{.code = "HC306",
                                 .name = "still-wanted-objects",
                                 .severity = Severity::error,
                                 .summary = "nothing is deleted that the new version still has",
                                 .page =
#include "still_wanted_objects.md.inc"
                                 ,
                                 .run = on<test>};

}  // namespace checks
