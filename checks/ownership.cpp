#include "base/text.h"
#include "checks/common.h"
#include "report/changes.h"

namespace checks {
namespace {

using state::Judgement;
using state::Ownership;

bool is_ours(Ownership const& owned, state::Request const& request) {
  return owned.release == request.release && owned.release_name_space == request.name_space;
}

using report::is_anothers;

std::string whose(Ownership const& owned, state::Request const& request) {
  auto const named = "release " + owned.release + " in namespace " + owned.release_name_space;
  auto const lacks = owned.lacks.empty() ? "" : " (not as it should be: " + base::join(owned.lacks, ", ") + ")";
  auto const other = !owned.manager.empty() && owned.manager != "Helm";
  if (is_anothers(owned, request)) return "belongs to " + named;
  if (other) return "is managed by " + owned.manager + lacks;
  if (owned.release.empty()) return "is there already, and no release is named on it" + lacks;
  if (is_ours(owned, request)) return "names this release, but Helm does not take it for its own" + lacks;
  return "names " + named + ", of which there is no record";
}

// Whether adopting it would work, and what that would change besides the marks.
std::string adopted(report::Adoption const& adoption) {
  auto const& changes = adoption.changes;
  auto const count = changes.fields.size() + static_cast<std::size_t>(changes.more);
  if (adoption.works == Judgement::rejected) return "; adopted, it would still stop the upgrade: " + adoption.why;
  if (adoption.works != Judgement::accepted || !changes.compared) return {};
  if (count == 0) return "; adopting it works, and changes nothing of it but its marks";
  std::vector<std::string> paths;
  for (auto const& field : changes.fields)
    if (paths.size() < 2) paths.push_back(field.path);
  auto const more = count > paths.size() ? " and " + std::to_string(count - paths.size()) + " more" : "";
  return "; adopting it works, and changes " + base::join(paths, ", ") + more;
}

Remedy remedy_for(Ownership const& owned, state::Request const& request, state::Seen<state::Target> const& target) {
  if (is_anothers(owned, request))
    return Advice{"Let release " + owned.release +
                  " go of it: annotate the object with helm.sh/resource-policy=keep, upgrade that release to a version or " +
                  "values without it, take the annotation meta.helm.sh/release-name off, and adopt the object."};
  if (owned.adoption.judgement == Judgement::rejected)
    return Advice{"It can't be adopted, because the server refuses the labels: " + owned.adoption.message + "."};
  if (owned.adoption.judgement == Judgement::not_verified)
    return Advice{"Find out whose it is; whether it could be adopted could not be tried."};
  return upgrade_with("--adopt", owned.object, request, target,
                      Advice{"Label and annotate it as an object of this release by hand."});
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request,
             state::Seen<state::Target> const& target) {
  Outcome out;
  for (auto const& owned : rehearsal.ownership) {
    auto const adoption = report::adoption_of(owned, rehearsal, request);
    // Where the object can't even be marked, or belongs to somebody else, the remedy says so.
    bool const markable = owned.adoption.judgement == Judgement::accepted && !is_anothers(owned, request);
    out.findings.push_back({name_of(owned.object, request), "", whose(owned, request) + (markable ? adopted(adoption) : ""),
                            remedy_for(owned, request, target)});
  }
  if (rehearsal.ending == state::Ending::ownership && rehearsal.ownership.empty())
    out.findings.push_back(
        {"", "", rehearsal.error, Advice{"Find out whose the object is, then adopt it or remove it."}});
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const ownership;
Check const ownership{.code = "HC304",
                      .name = "ownership",
                      .severity = Severity::error,
                      .summary = "every object that is there already belongs to the release",
                      .page =
#include "ownership.md.inc"
                      ,
                      .run = on<test>};

}  // namespace checks
