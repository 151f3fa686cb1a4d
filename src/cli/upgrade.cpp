#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include <unistd.h>

#include "actions/perform_remedies.h"
#include "actions/plan_upgrade.h"
#include "base/semver.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/doing.h"
#include "cli/live.h"
#include "clients/clock.h"
#include "clients/process.h"
#include "clients/terminal.h"
#include "collect/repository.h"
#include "collect/values.h"
#include "render/outcome.h"
#include "render/plan.h"

namespace cli {
namespace {

namespace fs = std::filesystem;

constexpr base::Version updates_by_name{3, 7, 0, {}};  // the first Helm whose `repo update` takes a name

// So that the version that is asked for, or the newest, is known. A repository that is not there is preflight's to tell.
void update_repository(Target const& target) {
  std::string why;
  auto const helm = clients::Helm::find(&why);
  auto const& chart = target.request.chart;
  if (!helm || !collect::is_from_repository(chart, target.chart_flags)) return;
  auto const repository = collect::repository(*helm, chart, target.chart_flags, clients::unix_now());
  auto const* known = state::seen(repository);
  if (!known || !known->added) return;
  clients::progress("updating the repository " + known->name + " …");
  auto const version = base::parse_version(helm->version(nullptr).value_or(""));
  std::vector<std::string> arguments = {"repo", "update"};
  if (version && *version >= updates_by_name) arguments.push_back(known->name);
  auto const ended = helm->run(std::move(arguments), std::chrono::minutes(2));
  clients::progress("");
  if (!ended.ok()) throw std::runtime_error("the repository " + known->name + " can't be updated: " + clients::error_of(ended) + ". Nothing was changed.");
}

// With remedies it is rehearsed twice: without them, to see what they would act on, and with them.
actions::Remedies rehearse_with_remedies(Live& live, Target const& target) {
  auto const& request = target.request;
  bool const chosen = !request.adopt.empty() || !request.protect.empty() || !request.recreate.empty();
  if (!chosen || !live.api) return rehearse(live), actions::Remedies();
  live.rollback_check = false;
  rehearse(live);
  live.rollback_check = target.rollback_check;
  auto const* seen = state::seen(live.state.rehearsal);
  if (!seen || !live.rehearsed.release) return {};  // the report tells why
  auto remedies = actions::find_remedies(actions::choose(request, *seen), request, live.rehearsed,
                                         live.base ? live.base->release : base::Json(), *live.api);
  if (actions::needs_force(remedies.all, *seen)) live.flags.emplace_back("--force-conflicts");
  rehearse(live, remedies.start);
  return remedies;
}

struct Files {
  std::string folder;
  std::string chart() const { return folder + "/chart.tgz"; }
  std::string values() const { return folder + "/own-values.json"; }
};

// The run as it was rehearsed, with the files of the backup in place of the ones that go.
std::vector<std::string> helm_arguments(Live const& live, Files const& files, std::string const& helm_version) {
  auto const& request = live.state.request;
  bool const archive = fs::path(live.chart).parent_path().string().starts_with(live.folder.path());
  std::vector<std::string> arguments = {"upgrade", request.release, archive ? files.chart() : live.chart};
  if (request.install) arguments.emplace_back("--install");
  for (auto const& flag : live.flags) arguments.push_back(!live.values_file.empty() && flag == live.values_file ? files.values() : flag);
  return actions::waiting_run(std::move(arguments), request, helm_version, true);
}

actions::Upgrade facts(Live const& live, actions::Remedies const& remedies, Files const& files) {
  auto const& request = live.state.request;
  auto const& release = std::get<state::Release>(live.state.release);
  auto const& target = std::get<state::Target>(live.state.target);
  actions::Upgrade upgrade;
  upgrade.from = live.base ? live.base->release["chart"]["metadata"]["version"].str() : "";
  upgrade.to = target.version;
  upgrade.folder = files.folder;
  upgrade.last_revision = release.revisions.empty() ? 0 : release.revisions.back().number;
  upgrade.helm = helm_arguments(live, files, std::get<state::Helm>(live.state.helm).version);
  upgrade.written = actions::touched_by(live.rehearsed, false);
  upgrade.deleted = actions::touched_by(live.rehearsed, true);
  upgrade.remedies = remedies.all;
  if (live.rehearsed.release) {
    upgrade.manifest = actions::objects_of(*live.rehearsed.release, request.name_space, *live.api);
    upgrade.kept_by_chart = actions::kept_by(*live.rehearsed.release, request.name_space);
  }
  return upgrade;
}

void copy(std::string const& from, std::string const& to) {
  std::string why;
  auto const content = clients::read_file(from, &why);
  if (!content) throw std::runtime_error(why);
  if (auto const trouble = clients::write_file(to, *content)) throw std::runtime_error(*trouble);
}

// What a person, or `recover`, may want besides the objects.
void save_release(Live const& live, Files const& files) {
  if (fs::is_regular_file(live.chart)) copy(live.chart, files.chart());
  if (!live.values_file.empty()) copy(live.values_file, files.values());
  if (!live.base) return;
  auto const trouble = collect::save_values(*live.helm, live.state.request, live.base->revision, files.folder + "/values.yaml");
  if (trouble) throw std::runtime_error(*trouble);
  auto const& manifest = live.base->release["manifest"].str();
  if (auto const why = clients::write_file(files.folder + "/manifest.yaml", manifest)) throw std::runtime_error(*why);
}

std::vector<actions::Object> touched(actions::Upgrade const& upgrade) {
  auto all = upgrade.written;
  all.insert(all.end(), upgrade.deleted.begin(), upgrade.deleted.end());
  for (auto const& remedy : upgrade.remedies) all.push_back(remedy.object);
  return all;
}

std::optional<report::Command> next_after(Deeds const& deeds) {
  auto const& performed = deeds.performed;
  if (performed.ok) return {};
  bool const recover = performed.aftermath == actions::Aftermath::stuck || !performed.left.empty();
  return recover ? recover_after(deeds) : report::helm_coder({"preflight"});
}

// What an earlier run had marked must not be taken for what was there before.
void stop_if_one_was_killed(Live& live) {
  for (auto const& run : killed_runs(*live.api, std::get<state::Release>(live.state.release)))
    throw actions::Refused("a helm coder " + run.occasion.command + " that began at " + run.occasion.started +
                               " did not get to its end, and left things to be taken back (" + run.folder +
                               "). First run helm coder recover. Nothing was changed.", report::forbidden);
}

int carry_out_upgrade(UpgradeOptions const& options, Live& live, actions::Remedies const& remedies, Told& told) {
  auto const& request = live.state.request;
  stop_if_one_was_killed(live);
  Files const files{actions::Backup::folder_for(actions::Backup::home(), request.name_space, request.release, live.state.now)};
  auto const upgrade = facts(live, remedies, files);
  auto const plan = actions::plan_upgrade(upgrade, request);
  told.say("plan", render::plan_json(plan, request));
  if (auto const code = agree(plan, request, options.yes, options.dry_run)) return *code;
  Deed const deed{.request = request,
                  .release = std::get<state::Release>(live.state.release),
                  .helm = *live.helm,
                  .plan = plan,
                  .occasion = {.command = "upgrade", .release = request.release, .name_space = request.name_space, .cluster = {},
                               .last_revision = upgrade.last_revision, .from = upgrade.from, .to = upgrade.to,
                               .started = clients::format_time(clients::unix_now())},
                  .folder = files.folder,
                  .touched = touched(upgrade),
                  .watched = upgrade.manifest,
                  .save_more = [&](auto const&) { save_release(live, files); }};
  auto const deeds = carry_out(deed);
  auto const what = upgrade.from.empty() ? "The installation of " + upgrade.to : "The upgrade to " + upgrade.to;
  render::Outcome const outcome{what, deeds.performed, request, deeds.folder, deeds.last, deeds.last_version, next_after(deeds)};
  told.say("outcome", render::outcome_json(outcome));
  print("\n" + render::outcome(outcome, {.width = clients::columns(STDOUT_FILENO)}));
  return deeds.performed.ok ? report::fine : report::could_not_run;
}

}  // namespace

int run(UpgradeOptions const& options) try {
  clients::Interrupts const interrupts;
  Told told("upgrade", options.target.request, options.format);
  update_repository(options.target);
  auto const live = look_without_rehearsal(options.target);
  if (!live->choice.empty()) std::fprintf(stderr, "%s %s\n", options.target.request.chart.c_str(), base::printable(live->choice).c_str());
  auto const remedies = rehearse_with_remedies(*live, options.target);
  auto const code = show(live->state, {.target = options.target, .ignored = options.ignored, .strict = options.strict},
                         {.goes_on = true, .timeline = &live->timeline, .told = &told});
  return told.end(code == report::fine ? carry_out_upgrade(options, *live, remedies, told) : code);
} catch (actions::Refused const& refused) {
  clients::progress("");
  std::fprintf(stderr, "helm coder: %s\n", base::printable(refused.what()).c_str());
  return refused.exit;
}

}  // namespace cli
