#include "actions/perform_ways.h"

#include <algorithm>
#include <stdexcept>

#include "actions/perform_remedies.h"
#include "actions/perform_scout.h"
#include "actions/plan_upgrade.h"

namespace actions {
namespace {

std::vector<std::string> hooks_flag(Scout const& scout) {
  bool const none = std::find(scout.helm_flags.begin(), scout.helm_flags.end(), "--no-hooks") != scout.helm_flags.end();
  return none ? std::vector<std::string>{"--no-hooks"} : std::vector<std::string>();
}

WayOut tried(std::string const& name, std::function<WayOut()> const& walk) {
  try {
    return walk();
  } catch (std::runtime_error const& error) {
    return {.name = name, .trouble = error.what()};
  }
}

}  // namespace

WayOut roll_back(Scout const& scout, int number) {
  auto const& revision = *actions::revision(scout.release, number);
  WayOut way{.name = "roll back to revision " + told(revision), .version = revision.chart_version};
  std::vector<std::string> const arguments = {"rollback", scout.request.release, std::to_string(number)};
  auto rehearsed = arguments;
  rehearsed.emplace_back("--no-hooks");
  read_run(way, scout.rehearser.run(rehearsed, {.answering = rehearsal::Answering::faithful}, lifted(scout)));
  if (!way.clean) return way;
  auto const flags = hooks_flag(scout);
  way.helm = arguments;
  way.helm.insert(way.helm.end(), flags.begin(), flags.end());
  way.helm = waiting_run(std::move(way.helm), scout.request, scout.helm_version, false);
  way.manifest = objects_of(record_of(scout, number).release, scout.request.name_space, scout.api);
  way.swept = swept(scout, number, way.manifest, way.deleted);
  return way;
}

std::vector<Trail> ways_out(Scout const& scout) {
  using Kind = WayOut::Kind;
  auto const& request = scout.request;
  auto const& seen = scout.seen;
  std::vector<Trail> trails;
  auto const add = [&](std::string const& name, std::function<WayOut()> walk) {
    trails.push_back({name, [name, walk = std::move(walk)] { return tried(name, walk); }});
  };
  auto const add_upgrade = [&](Kind kind, int number, std::string const& version) {
    add((kind == Kind::go_on ? "go on to " : "upgrade again to ") + version, [&scout, kind, number, version] { return upgrade_to(scout, kind, number, version); });
  };
  auto const* attempt = revision(scout.release, seen.attempt);
  bool const wants_on = !request.version.empty() || !request.adopt.empty() || !request.recreate.empty() || !request.protect.empty();
  auto const onward = [&] {
    auto const* values = attempt ? attempt : &seen.last;
    add_upgrade(Kind::go_on, values->number, request.version.empty() ? values->chart_version : request.version);
  };
  if (wants_on) onward();
  auto good = seen.good;
  if (seen.condition == Condition::incomplete) good = {seen.last.number};
  for (int const number : good)
    add("roll back to revision " + told(*revision(scout.release, number)), [&scout, number] { return roll_back(scout, number); });
  if (!wants_on && attempt) onward();
  if (!good.empty() && !(attempt && attempt->number == good.front()))
    add_upgrade(Kind::again, good.front(), revision(scout.release, good.front())->chart_version);
  auto const* last_resort = attempt ? attempt : good.empty() ? nullptr : revision(scout.release, good.front());
  if (last_resort)
    add("uninstall and install again", [&scout, last_resort] { return reinstall(scout, last_resort->number, last_resort->chart_version); });
  return trails;
}

std::optional<FailRecord> stale_record(Scout const& scout) {
  auto const& last = scout.seen.last;
  if (!is_pending(scout.release)) return {};
  auto const record = record_of(scout, last.number);
  return FailRecord{collect::path_of(scout.records, last.number), record.resource_version, last.status, last.number};
}

std::vector<std::string> missing_objects(base::Json const& release, std::string const& name_space, clients::Kubernetes& api) {
  std::vector<std::string> missing;
  for (auto const& object : objects_of(release, name_space, api))
    if (api.get(object.path).status == 404) missing.push_back(text_of(object.id));
  return missing;
}

}  // namespace actions
