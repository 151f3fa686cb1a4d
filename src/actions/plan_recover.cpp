#include "actions/plan_recover.h"

#include <algorithm>

#include "actions/plan_upgrade.h"
#include "base/text.h"

namespace actions {
namespace {

std::string named(Object const& object) { return object.id.kind + "/" + object.id.name; }

std::string list_of(std::vector<Object> const& objects) {
  std::vector<std::string> names;
  for (auto const& object : objects) names.push_back(named(object));
  return base::join(names, ", ");
}

Step save_step(std::string const& folder, std::size_t objects) {
  return {.name = "save what will be touched",
          .what = "Saves the release's records and " + base::count_of(objects, "object") + ", secrets included, in " + folder + ", which only you can read.",
          .work = Save{folder}};
}

Step fail_step(FailRecord const& stale) {
  return {.name = "mark revision " + std::to_string(stale.revision) + " failed",
          .why = "it says " + stale.status + ", and the Helm that would have finished it is gone",
          .what = "Changes nothing but the status in Helm's record, and only if nobody else has changed the record meanwhile; a copy is in the backup.",
          .work = stale};
}

std::string changes(WayOut const& way) {
  std::vector<std::string> parts;
  parts.push_back(base::count_of(way.written.size(), "object") + " written");
  if (!way.deleted.empty()) parts.push_back(std::to_string(way.deleted.size()) + " deleted (" + list_of(way.deleted) + ")");
  if (!way.unproven.empty()) parts.push_back("not proven by the rehearsal: " + base::join(way.unproven, ", "));
  return base::join(parts, "; ");
}

Step helm_step(WayOut const& way, int last_revision) {
  Step step{.name = way.name,
            .why = "it came through in the rehearsal",
            .what = "Runs Helm directly against the cluster and waits until everything is ready: " + changes(way) + ".",
            .by_hand = {by_helm(way.helm)},
            .work = RunHelm{way.helm, last_revision}};
  if (way.kind == WayOut::Kind::roll_back || way.kind == WayOut::Kind::again)
    step.cost = "The database stays as the newer version left it: if its migrations ran, only a backup of the database goes back.";
  if (way.kind == WayOut::Kind::reinstall)
    step.cost = "Everything of the release is deleted first: nobody is served until it is installed again, and addresses may change.";
  return step;
}

Step install_step(WayOut const& way) {
  return {.name = "install " + way.version,
          .what = "Runs Helm directly against the cluster and waits until everything is ready.",
          .by_hand = {by_helm(way.install)},
          .work = RunHelm{way.install, 0}};
}

Step sweep_step(Object const& object) {
  return {.name = "remove " + named(object),
          .why = "the failed attempt made it, and the version that you go to does not have it",
          .what = "Deletes it; a copy is in the backup.",
          .by_hand = {{{"kubectl", "delete", named(object)}}},
          .work = Remove{object}};
}

Step keep_step(Object const& object, std::string const& folder) {
  return {.name = "put back " + named(object),
          .why = "what it holds must not be made up anew",
          .what = "Makes it as it was before; Helm takes it over.",
          .work = PutBack{object, folder}};
}

Step put_back_step(PutBack const& put) {
  return {.name = "put back " + named(put.object),
          .why = "an upgrade that was killed had deleted it to make it anew",
          .what = "Makes it as the backup in " + put.folder + " has it, if nothing has its name.",
          .work = put};
}

Step take_back_step(TakeBack const& taken) {
  return {.name = "let go of " + named(taken.mark.object),
          .why = "an upgrade that was killed had marked it",
          .what = taken.mark.with_content ? "It becomes what it was before, as the backup has it." : "Takes helm.sh/resource-policy off again.",
          .work = taken};
}

bool is_open(PastRun const& run, std::size_t i) { return run.steps[i] && run.steps[i] != Event::undone; }

// The step of the same run that took the mark off again has been done.
bool was_released(PastRun const& run, Mark const& mark) {
  for (std::size_t i = 0; i < run.plan.size(); ++i) {
    auto const* other = std::get_if<Mark>(&run.plan[i].work);
    if (other && *other != mark && other->object == mark.object && run.steps[i] == Event::done) return true;
  }
  return false;
}

void add_leftovers(PastRun const& run, bool onward, Leftovers& left) {
  for (std::size_t i = 0; i < run.plan.size(); ++i) {
    if (!is_open(run, i)) continue;
    auto const& work = run.plan[i].work;
    // What took the place of a foreign object goes with the rollback; then it comes back.
    if (auto const* remake = std::get_if<Remake>(&work); remake && !onward)
      (remake->foreign ? left.after : left.before).push_back(put_back_step({remake->object, run.folder}));
    if (auto const* put = std::get_if<PutBack>(&work)) left.before.push_back(put_back_step(*put));
    if (auto const* taken = std::get_if<TakeBack>(&work); taken && run.steps[i] != Event::done) left.after.push_back(take_back_step(*taken));
    auto const* mark = std::get_if<Mark>(&work);
    if (!mark || !protects(*mark) || was_released(run, *mark)) continue;
    auto const off = without_protection(*mark);
    if (!onward) left.after.push_back(take_back_step({*mark, run.folder}));
    if (onward && off) left.after.push_back(release_step(*off));
  }
}

}  // namespace

Leftovers left_over(std::vector<PastRun> const& runs, bool onward) {
  Leftovers left;
  for (auto const& run : runs) add_leftovers(run, onward, left);
  return left;
}

bool came_through(PastRun const& run, state::Release const& release) {
  auto const* made = revision(release, run.occasion.last_revision + 1);
  return made && was_good(*made);
}

Plan plan_recover(Recovery const& recovery, Diagnosis const& seen, state::Request const& request) {
  auto const& way = recovery.way;
  auto const left = left_over(seen.open, way.kind == WayOut::Kind::go_on);
  Plan plan = {save_step(recovery.folder, way.written.size() + way.deleted.size() + way.swept.size())};
  auto const add = [&](Plan const& more) { plan.insert(plan.end(), more.begin(), more.end()); };
  add(left.before);
  if (recovery.stale) plan.push_back(fail_step(*recovery.stale));
  Plan released;
  for (auto const& remedy : way.remedies) {
    plan.push_back(remedy_step(remedy, request));
    auto const* mark = std::get_if<Mark>(&plan.back().work);
    auto const off = mark && !way.kept_by_chart.contains(key_of(remedy.object.id)) ? without_protection(*mark) : std::nullopt;
    if (off) released.push_back(release_step(*off));
  }
  plan.push_back(helm_step(way, seen.last.number));
  bool const anew = !way.install.empty();
  for (auto const& object : way.kept_back) plan.push_back(keep_step(object, recovery.folder));
  if (anew) plan.push_back(install_step(way));
  for (auto const& object : way.swept) plan.push_back(sweep_step(object));
  add(released);
  add(left.after);
  Verify verify{.after_revision = anew ? 0 : seen.last.number, .chart_version = way.version, .there = way.manifest, .gone = way.swept, .alone = true};
  for (auto& object : verify.there) object.uid.clear();
  plan.push_back({.name = "look that it is as planned",
                  .what = "Reads the release's records and every object of it back from the cluster, and makes sure that no other Helm woke up meanwhile.",
                  .work = std::move(verify)});
  return plan;
}

Plan plan_leftovers(std::string const& folder, Diagnosis const& seen, bool onward) {
  auto const left = left_over(seen.open, onward);
  Plan plan = {save_step(folder, left.before.size() + left.after.size())};
  plan.insert(plan.end(), left.before.begin(), left.before.end());
  plan.insert(plan.end(), left.after.begin(), left.after.end());
  return plan;
}

}  // namespace actions
