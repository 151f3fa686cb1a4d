#include "report/changes.h"

#include <algorithm>
#include <array>

#include "state/marks.h"

namespace report {
namespace {

using state::Judgement;

auto find(auto& all, state::ObjectId const& object) {
  return std::find_if(all.begin(), all.end(), [&](auto const& each) { return each.object == object; });
}

// The new version has the same object under another API version, and its group may be another.
bool is_written_and_deleted(state::ObjectId const& written, state::Deletion const& deletion) {
  auto const& gone = deletion.object;
  return !deletion.still_written_as.empty() && written.kind == gone.kind && written.name_space == gone.name_space && written.name == gone.name;
}

void judge(state::Write const& write, ObjectChange& change) {
  auto const& verdict = write.verdict;
  if (verdict.judgement == Judgement::rejected) change.why = "the API server refuses it";
  else if (verdict.judgement == Judgement::not_verified) change.why = verdict.message.empty() ? "it could not be judged" : verdict.message;
  else if (write.creates) change.change = Change::made;
  else if (!write.changes.compared) change.why = "it was not compared";
  else change.change = write.changes.fields.empty() ? Change::unchanged : Change::changed;
  if (change.change == Change::changed || change.change == Change::unchanged) change.changes = write.changes;
}

// A later write of the same object says more, unless it failed to be judged as the first did.
void add(state::Write const& write, std::vector<ObjectChange>& all) {
  ObjectChange change{.object = write.object, .api_version = write.api_version};
  judge(write, change);
  auto const known = find(all, write.object);
  if (known == all.end()) return all.push_back(std::move(change));
  bool const refused = known->change == Change::unknown && known->why != "it was not compared";
  if (!refused && known->change != Change::made) *known = std::move(change);
}

bool is_mark(std::string const& path) {
  static constexpr std::array marks = {state::marks::managed_by, state::marks::release_name, state::marks::release_namespace};
  return std::any_of(marks.begin(), marks.end(), [&](auto const* mark) { return path.ends_with("[" + std::string(mark) + "]"); });
}

}  // namespace

Effects effects_of(state::Rehearsal const& rehearsal, state::Request const& request) {
  Effects effects{.complete = rehearsal.complete, .rollbacks = rehearsal.rollbacks};
  for (auto const& write : rehearsal.writes)
    if (write.verb != "DELETE") add(write, effects.objects);
  for (auto const& deletion : rehearsal.deletions) {
    if (deletion.kept) continue;
    std::erase_if(effects.objects, [&](auto const& change) { return is_written_and_deleted(change.object, deletion); });
    effects.objects.push_back({.object = deletion.object, .api_version = deletion.api_version, .change = Change::deleted});
  }
  for (auto const& owned : rehearsal.ownership) effects.adoptions.push_back(adoption_of(owned, rehearsal, request));
  return effects;
}

std::size_t count_of(Effects const& effects, Change change) {
  auto const is_one = [&](auto const& each) { return each.change == change; };
  return static_cast<std::size_t>(std::count_if(effects.objects.begin(), effects.objects.end(), is_one));
}

bool is_anothers(state::Ownership const& owned, state::Request const& request) {
  bool const ours = owned.release == request.release && owned.release_name_space == request.name_space;
  return !ours && !owned.release.empty() && owned.release_exists;
}

Adoption adoption_of(state::Ownership const& owned, state::Rehearsal const& rehearsal, state::Request const& request) {
  Adoption adoption{.object = owned.object, .works = owned.adoption.judgement, .why = owned.adoption.message, .changes = {}};
  auto const write = find(rehearsal.writes, owned.object);
  bool const written = write != rehearsal.writes.end();
  // Whoever adopts an object takes over what others have set of it.
  bool const works = written && (write->verdict.judgement == Judgement::accepted || write->verdict.cause == state::Cause::conflict);
  if (written) {
    adoption.changes = write->changes;
    std::erase_if(adoption.changes.fields, [](auto const& field) { return is_mark(field.path); });
  } else {
    adoption.changes.compared = rehearsal.complete;  // Helm has nothing to change of it
  }
  if (is_anothers(owned, request)) {
    adoption.works = Judgement::rejected;
    adoption.why = "it belongs to release " + owned.release + " in namespace " + owned.release_name_space;
  } else if (adoption.works == Judgement::accepted && written && !works) {
    adoption.works = write->verdict.judgement;
    adoption.why = write->verdict.message;
  } else if (adoption.works == Judgement::accepted && !written && !rehearsal.complete) {
    adoption.works = Judgement::not_verified;
    adoption.why = "the rehearsal did not come as far as the upgrade's change of it";
  }
  return adoption;
}

}  // namespace report
