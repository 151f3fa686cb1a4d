#include "cli/doing.h"

#include <cstdio>
#include <stdexcept>

#include <unistd.h>

#include "actions/perform_lock.h"
#include "actions/perform_remedies.h"
#include "actions/perform_watch.h"
#include "base/text.h"
#include "cli/commands.h"
#include "clients/clock.h"
#include "clients/process.h"
#include "clients/record.h"
#include "clients/terminal.h"
#include "render/plan.h"

namespace cli {
namespace {

using actions::Event;

void tell(actions::Step const& step, Event event, std::string const& words) {
  auto const line = [&](char const* sign, std::string const& text) {
    clients::progress("");
    std::fprintf(stderr, "  %s %s\n", sign, base::printable(text).c_str());
  };
  switch (event) {
    case Event::begun:
      // Helm writes lines of its own.
      if (std::holds_alternative<actions::RunHelm>(step.work)) line("…", step.name);
      else clients::progress(step.name + " …");
      break;
    case Event::done: line("√", step.name); break;
    case Event::failed: line("×", step.name + ": " + words); break;
    case Event::undone: line("√", "taken back: " + step.name); break;
    case Event::not_undone: line("‼", "not taken back: " + step.name + ": " + words); break;
  }
}

// Of Helm's commands only these end cleanly when they are told to; the others leave the release pending.
bool ends_when_told(std::string const& command) { return command == "upgrade" || command == "install"; }

void tell_of_signal(std::string const& command, state::Request const& request, int times) {
  std::string text = "told to end: Helm gets the time to do that cleanly";
  if (!ends_when_told(command)) {
    text = "told to end, but a " + command + " that stops half-way leaves the release stuck: Helm goes on to its end (" +
           std::to_string(request.timeout_seconds) + " s at most). The next Ctrl-C stops it all the same.";
    if (times > 1) text = "told to end once more: so is Helm now";
  }
  clients::progress("");
  std::fprintf(stderr, "  ‼ %s\n", text.c_str());
}

// Helm waits for each hook and for the objects by itself, and as long again when it rolls back.
clients::Ended run_helm(Deed const& deed, clients::Proxy const& proxy, std::vector<std::string> const& arguments) {
  struct Connected : actions::ClusterApi {
    explicit Connected(std::unique_ptr<clients::Kubernetes> own) : ClusterApi(*own), cluster(std::move(own)) {}
    std::unique_ptr<clients::Kubernetes> cluster;
  };
  auto spawn = deed.helm.command(arguments);
  spawn.pass_through = spawn.finishes = true;
  spawn.shielded = !ends_when_told(arguments.front());
  spawn.told = [&](int times) { tell_of_signal(arguments.front(), deed.request, times); };
  spawn.limit = std::chrono::seconds(10 * deed.request.timeout_seconds + 600);
  spawn.grace = std::chrono::seconds(2 * deed.request.timeout_seconds + 60);
  std::unique_ptr<actions::Watch> watch;
  if (clients::is_terminal(STDERR_FILENO))
    watch = std::make_unique<actions::Watch>(std::make_unique<Connected>(std::make_unique<clients::Kubernetes>(proxy)), deed.watched,
                                             [](std::string const& text) { clients::progress(text); });
  std::fflush(nullptr);
  return clients::run(spawn);
}

std::unique_ptr<actions::Lock> take_lock(Deed const& deed, actions::Api& api, std::string const& folder) {
  auto const& home = deed.request.name_space;
  if (deed.release.revisions.empty() && api.send("GET", "/api/v1/namespaces/" + home).status == 404) return nullptr;  // nobody else is there
  std::string why;
  std::optional<actions::Holder> holder;
  auto lock = actions::Lock::acquire(api, {home, deed.request.release, actions::new_identity(), folder}, clients::unix_now, &why, &holder);
  if (!lock) throw actions::Refused(why + ". Nothing was changed.", holder ? report::held : report::could_not_run);
  return lock;
}

void save_objects(Deed const& deed, actions::Api& api, actions::Backup const& backup) {
  for (auto const& object : deed.touched) {
    auto const found = actions::get(api, object.path);
    if (!found.is_null()) backup.save_object(actions::saved_as(object.id), found);
  }
  if (deed.save_more) deed.save_more(backup);
}

void look_afterwards(Deeds& deeds, actions::Api& api, state::Release const& release) {
  try {
    auto const records = actions::records_of(api, release);
    if (records.empty()) return;
    deeds.last = records.back();
    auto const stored = clients::decode_record(actions::get(api, records.back().path), nullptr);
    if (stored) deeds.last_version = (*stored)["chart"]["metadata"]["version"].str();
  } catch (std::runtime_error const&) {
    // Then it is not known, and not said.
  }
}

}  // namespace

std::optional<int> agree(actions::Plan const& plan, state::Request const& request, bool yes, bool dry_run) {
  print("\n" + render::plan_table(plan, request, {.colour = clients::colour_wanted(STDOUT_FILENO), .width = clients::columns(STDOUT_FILENO)}));
  if (dry_run) return report::fine;
  if (yes) return {};
  if (!clients::is_terminal(STDIN_FILENO) || !clients::is_terminal(STDERR_FILENO)) {
    std::fputs("helm coder: there is no terminal to ask on; --yes does the plan, --dry-run only prints it. Nothing was changed.\n", stderr);
    return report::wrong_usage;
  }
  std::fputc('\n', stderr);
  if (clients::ask("Do this?")) return {};
  std::fputs("Nothing was changed.\n", stderr);
  return report::could_not_run;
}

std::vector<actions::PastRun> killed_runs(clients::Kubernetes& api, state::Release const& release) {
  auto runs = actions::open_runs(actions::Backup::home(), release.name_space, release.name);
  if (runs.empty()) return runs;
  actions::ClusterApi there(api);
  auto const stored = actions::records_of(there, release);
  // A run on a release of this name in another cluster has nothing to do with this one.
  std::erase_if(runs, [&](auto const& run) {
    return std::none_of(stored.begin(), stored.end(), [&](auto const& record) { return record.uid == run.occasion.cluster; });
  });
  return runs;
}

report::Command recover_after(Deeds const& deeds) {
  std::vector<std::string> words = {"recover"};
  // Our own Helm has ended, whatever its record says.
  if (deeds.last && deeds.last->status.starts_with("pending-")) words.emplace_back("--holder-is-dead");
  return report::helm_coder(std::move(words));
}

Deeds carry_out(Deed const& deed) {
  clients::Interrupts const interrupts;
  std::string why;
  auto const proxy = clients::Proxy::start(clients::access_from_environment(), false, &why);
  if (!proxy) throw std::runtime_error("the cluster can't be reached: " + why);
  clients::Kubernetes cluster(*proxy), beside(*proxy);
  actions::ClusterApi api(cluster), renewing(beside);
  actions::Backup backup(deed.folder);
  backup.make();
  std::unique_ptr<actions::Lock> held;
  std::unique_ptr<actions::Journal> journal;
  try {
    held = take_lock(deed, api, backup.folder());
    if (held) held->keep_renewing(renewing);
    auto occasion = deed.occasion;
    if (auto const records = actions::records_of(api, deed.release); !records.empty()) occasion.cluster = records.back().uid;
    save_objects(deed, api, backup);
    journal = std::make_unique<actions::Journal>(backup.folder(), occasion, deed.plan);
  } catch (std::runtime_error const&) {
    backup.discard();
    throw;
  }
  actions::Hands const hands{.api = api,
                             .release = deed.release,
                             .backup = backup,
                             .helm = [&](auto const& arguments) { return run_helm(deed, *proxy, arguments); },
                             .still_ours = [&](std::string* reason) { return !held || held->still_ours(reason); },
                             .interrupted = [] { return clients::Interrupts::pending(); },
                             .tell = tell};
  Deeds deeds{.performed = actions::perform(deed.plan, hands, *journal), .folder = backup.folder()};
  look_afterwards(deeds, api, deed.release);
  return deeds;
}

}  // namespace cli
