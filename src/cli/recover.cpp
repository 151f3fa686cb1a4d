#include <cstdio>
#include <deque>
#include <stdexcept>

#include <unistd.h>

#include "actions/perform_backup.h"
#include "actions/perform_lock.h"
#include "actions/perform_remedies.h"
#include "actions/perform_ways.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/doing.h"
#include "cli/live.h"
#include "clients/clock.h"
#include "clients/folder.h"
#include "clients/process.h"
#include "clients/terminal.h"
#include "collect/repository.h"
#include "collect/target.h"
#include "collect/tools.h"
#include "render/outcome.h"
#include "render/plan.h"

namespace cli {
namespace {

using state::Unknown;

// What recovering looks at: the release and its objects, not the chart and not the database.
class Sight {
 public:
  explicit Sight(RecoverOptions const& options) : target(options.target), request(target.request), now(clients::unix_now()) {
    std::string why;
    auto found = clients::Helm::find(&why);
    if (!found) throw std::runtime_error(why + ". Install Helm; it is what brings the release back.");
    helm.emplace(std::move(*found));
    helm_version = helm->version(&why).value_or("");
    proxy = clients::Proxy::start(clients::access_from_environment(), true, &why);
    if (!proxy) throw std::runtime_error("the cluster can't be reached: " + why);
    api = std::make_unique<clients::Kubernetes>(*proxy);
    auto const driver = collect::records_of(request);
    records = known(driver);
    auto found_release = collect::release(*api, request, 20);
    release = known(found_release.seen);
    rehearser = std::make_unique<rehearsal::Rehearser>(*helm, proxy->socket(), proxy->prefix(), request.name_space, told_apart(request), timeline);
    backup = actions::Backup::folder_for(actions::Backup::home(), request.name_space, request.release, now);
    look();
  }

  actions::Scout scout() {
    return {.request = request, .release = release, .records = records, .seen = seen, .helm_version = helm_version,
            .rehearser = *rehearser, .api = *api, .helm_flags = target.helm_flags, .backup = backup,
            .pull = [this](std::string const& version, std::string* why) { return pull(version, why); },
            .share = [this](std::string const& content) { return share(content); }};
  }

  Target const& target;
  state::Request const& request;
  std::int64_t now;
  clients::Folder folder;
  std::optional<clients::Helm> helm;
  std::string helm_version, backup;
  std::unique_ptr<clients::Proxy> proxy;
  std::unique_ptr<clients::Kubernetes> api;
  std::deque<clients::MemoryFile> shared;
  base::Timeline timeline;
  std::unique_ptr<rehearsal::Rehearser> rehearser;
  collect::Records records;
  state::Release release;
  actions::Diagnosis seen;

 private:
  template <class T>
  static T known(state::Seen<T> const& part) {
    if (auto const* unknown = std::get_if<Unknown>(&part)) throw std::runtime_error(unknown->why + (unknown->tell.empty() ? "" : " (" + unknown->tell + ")"));
    return std::get<T>(part);
  }

  void look() {
    std::vector<std::string> missing;
    if (!release.revisions.empty() && release.revisions.back().status == "deployed") {
      std::string why;
      auto const record = collect::read_record(*api, records, release.revisions.back().number, &why);
      if (record) missing = actions::missing_objects(record->release, request.name_space, *api);
    }
    seen = actions::diagnose(release, request, now, std::move(missing), killed_runs(*api, release));
  }

  std::string share(std::string const& content) {
    auto const& file = shared.emplace_back(content);
    rehearser->share(file.fd());
    return file.path();
  }

  std::optional<std::string> pull(std::string const& version, std::string* why) {
    auto wanted = request;
    wanted.version = version;
    auto const repository = collect::repository(*helm, wanted.chart, target.chart_flags, now);
    auto const pulled = collect::target(*helm, wanted, target.chart_flags, repository, folder.path());
    if (auto const* unknown = std::get_if<Unknown>(&pulled)) return *why = unknown->why, std::nullopt;
    return std::get<collect::Pulled>(pulled).chart;
  }
};

void say(std::string const& text) { print(render::paragraph(text, clients::columns(STDOUT_FILENO))); }

// The lock of another helm coder that is alive.
void stop_if_held(Sight& sight) {
  actions::ClusterApi there(*sight.api);
  auto const holder = actions::holder_of(there, sight.request.name_space, sight.request.release, sight.now);
  if (holder && holder->alive()) throw actions::Refused(actions::held_by(*holder) + ". Nothing was changed.", report::held);
  if (holder && sight.seen.open.empty() && !holder->journal.empty())
    say("A helm coder that is gone worked on the release: " + holder->identity + ". Its journal and backup are in " + holder->journal +
        " on that machine; run recover there, so that what it had marked is taken back.");
}

// Tries one way after the other; the first that comes through.
std::optional<actions::WayOut> choose_way(actions::Scout const& scout, Told& told) {
  for (auto const& trail : actions::ways_out(scout)) {
    if (clients::Interrupts::pending()) throw std::runtime_error("interrupted; nothing was changed");
    clients::progress("trying in the rehearsal: " + trail.name + " …");
    auto way = trail.walk();
    clients::progress("");
    say(way.clean ? "√ " + way.name + ": comes through" : "× " + way.name + ": " + way.trouble);
    told.add("ways", base::Json::Object{{"name", base::valid_utf8(way.name)}, {"comesThrough", way.clean}, {"trouble", way.clean ? base::Json() : base::Json(base::valid_utf8(way.trouble))}});
    if (way.clean) return way;
  }
  return {};
}

std::vector<actions::Object> touched(actions::Plan const& plan, actions::WayOut const& way) {
  auto all = way.written;
  for (auto const* more : {&way.deleted, &way.swept}) all.insert(all.end(), more->begin(), more->end());
  for (auto const& remedy : way.remedies) all.push_back(remedy.object);
  for (auto const& step : plan)
    if (auto const* taken = std::get_if<actions::TakeBack>(&step.work)) all.push_back(taken->mark.object);
  return all;
}

std::string content_of(std::string const& path) {
  std::string why;
  auto content = clients::read_file(path, &why);
  if (!content) throw std::runtime_error(why);
  return std::move(*content);
}

void save_records(Sight const& sight, actions::WayOut const& way, actions::Backup const& backup) {
  if (!way.values.empty()) backup.save("values.json", way.values);
  if (!way.chart.empty()) backup.save("chart.tgz", content_of(way.chart));
  for (auto const& revision : sight.release.revisions) {
    std::string why;
    auto const record = collect::read_record(*sight.api, sight.records, revision.number, &why);
    if (record) backup.save_object("record-" + std::to_string(revision.number) + ".json", record->object);
  }
}

int carry_out_recovery(RecoverOptions const& options, Sight& sight, actions::Plan const& plan, actions::WayOut const& way, Told& told) {
  auto const& request = sight.request;
  // Nobody uninstalls a release by a flag in a script.
  bool const yes = options.yes && way.kind != actions::WayOut::Kind::reinstall;
  if (options.yes && !yes) say("To uninstall is asked for even with --yes.");
  told.say("plan", render::plan_json(plan, request));
  if (auto const code = agree(plan, request, yes, options.dry_run)) return *code;
  Deed const deed{.request = request,
                  .release = sight.release,
                  .helm = *sight.helm,
                  .plan = plan,
                  .occasion = {.command = "recover", .release = request.release, .name_space = request.name_space, .cluster = {},
                               .last_revision = sight.seen.last.number, .from = sight.seen.last.chart_version, .to = way.version,
                               .started = clients::format_time(clients::unix_now())},
                  .folder = sight.backup,
                  .touched = touched(plan, way),
                  .watched = way.manifest,
                  .save_more = [&](auto const& backup) { save_records(sight, way, backup); }};
  auto const deeds = carry_out(deed);
  if (deeds.performed.ok)
    for (auto const& run : sight.seen.open) actions::close_run(run, "recovered by " + deeds.folder);
  auto const next = deeds.performed.ok ? std::nullopt : std::optional(recover_after(deeds));
  render::Outcome const outcome{"The recovery", deeds.performed, request, deeds.folder, deeds.last, deeds.last_version, next};
  told.say("outcome", render::outcome_json(outcome));
  print("\n" + render::outcome(outcome, {.width = clients::columns(STDOUT_FILENO)}));
  return deeds.performed.ok ? report::fine : report::could_not_run;
}

int recover_release(RecoverOptions const& options, Sight& sight, Told& told) {
  auto const scout = sight.scout();
  auto way = choose_way(scout, told);
  if (!way) {
    say("No way out came through in the rehearsal; nothing was changed.");
    return report::forbidden;
  }
  actions::Recovery recovery{.folder = sight.backup, .stale = actions::stale_record(scout), .way = std::move(*way)};
  return carry_out_recovery(options, sight, actions::plan_recover(recovery, sight.seen, sight.request), recovery.way, told);
}

int recover(RecoverOptions const& options, Told& told) {
  using actions::Condition;
  clients::progress("looking at the release and its objects …");
  Sight sight(options);
  clients::progress("");
  auto const described = actions::describe(sight.seen, sight.release, sight.request, sight.now);
  told.say("diagnosis", base::Json::Object{{"condition", actions::name_of(sight.seen.condition)}, {"text", base::valid_utf8(described)}});
  say(described);
  stop_if_held(sight);
  auto const& open = sight.seen.open;
  for (auto const& run : open) say("A helm coder " + run.occasion.command + " that began at " + run.occasion.started + " was killed; its journal is in " + run.folder + ".");
  switch (sight.seen.condition) {
    case Condition::missing: return report::could_not_run;
    case Condition::held: return report::held;
    case Condition::healthy: {
      if (open.empty()) return report::fine;
      bool const onward = actions::came_through(open.front(), sight.release);
      return carry_out_recovery(options, sight, actions::plan_leftovers(sight.backup, sight.seen, onward), {.version = sight.seen.last.chart_version}, told);
    }
    default: return recover_release(options, sight, told);
  }
}

}  // namespace

int run(RecoverOptions const& options) try {
  clients::Interrupts const interrupts;
  Told told("recover", options.target.request, options.format);
  return told.end(recover(options, told));
} catch (actions::Refused const& refused) {
  clients::progress("");
  std::fprintf(stderr, "helm coder: %s\n", base::printable(refused.what()).c_str());
  return refused.exit;
}

}  // namespace cli
