#include "cli/live.h"

#include <chrono>
#include <future>
#include <stdexcept>

#include "base/text.h"
#include "checks/knowledge.h"
#include "cli/consent.h"
#include "cli/pulling.h"
#include "clients/clock.h"
#include "clients/process.h"
#include "clients/terminal.h"
#include "collect/coder.h"
#include "collect/database.h"
#include "collect/database_pod.h"
#include "collect/family.h"
#include "collect/images.h"
#include "collect/repository.h"
#include "collect/target.h"
#include "collect/tools.h"
#include "collect/values.h"
#include "rehearsal/questions.h"

namespace cli {
namespace {

using state::Seen;
using state::Unknown;

constexpr auto pull_patience = std::chrono::milliseconds(100);
constexpr auto head_start = std::chrono::milliseconds(10);  // of the records, which Helm waits for, before all else
constexpr auto patience = std::chrono::minutes(10);  // with all answers of the API server but those to Helm

void stop_if_interrupted() {
  if (clients::Interrupts::pending()) throw std::runtime_error("interrupted; nothing was changed");
}

// The repository, and the chart that comes from it.
void look_at_chart(Target const& target, Live& live) {
  if (!live.helm) {
    Unknown const why{"there is no Helm to ask", ""};
    live.state.repository = why;
    live.state.target = why;
    return;
  }
  auto const& request = live.state.request;
  base::Timeline::Span const span(live.timeline, "the chart");
  live.state.repository = collect::repository(*live.helm, request.chart, target.chart_flags, live.state.now);
  auto pulled = collect::target(*live.helm, request, target.chart_flags, live.state.repository, live.folder.path());
  if (auto const* chart = state::seen(pulled)) {
    live.chart = chart->chart;
    live.choice = chart->choice;
    live.state.target = chart->target;
  } else {
    live.state.target = std::get<Unknown>(pulled);
  }
}

// Nothing of the cluster can be seen without kubectl.
void look_at_nothing(Live& live) {
  Unknown const why{"kubectl is not in PATH, and the cluster is reached through it", "Install kubectl (Debian: kubernetes-client)."};
  live.state.cluster = why;
  live.state.release = why;
  live.state.values = why;
  live.state.database = why;
  live.state.coder = why;
  live.state.family = why;
  live.state.rehearsal = why;
}

// kubectl needs a tenth of a second to start: what does not need the cluster is done meanwhile.
void launch(Live& live) {
  std::string why;
  live.proxy = clients::Proxy::launch(clients::access_from_environment(), true, &why);
  if (!live.proxy) throw std::runtime_error("the cluster can't be reached: " + why);
  if (live.helm)
    live.rehearser = std::make_unique<rehearsal::Rehearser>(*live.helm, live.proxy->socket(), live.proxy->prefix(), live.state.request.name_space, told_apart(live.state.request), live.timeline);
}

// Helm needs as long, and reads its chart before it asks for values and for the cluster.
void begin_rehearsal(Target const& target, Live& live) {
  live.flags = target.helm_flags;
  if (target.values_base == ValuesBase::own) {
    live.values_file = live.own_values.path();
    live.flags.insert(live.flags.begin(), {"-f", live.values_file});
    if (live.rehearser) live.rehearser->share(live.own_values.fd());
  } else {
    live.flags.insert(live.flags.begin(), target.values_base == ValuesBase::reset ? "--reset-values" : "--reuse-values");
  }
  auto const& request = live.state.request;
  if (live.rehearser && state::seen(live.state.target))
    live.rehearser->begin(rehearsal::upgrade_arguments(request, live.chart, live.flags), rehearsal::upgrade_direction(request), live.values_file);
}

state::Seen<state::Coder> look_at_coder(Target const& target, Live& live) {
  base::Timeline::Span const span(live.timeline, "Coder itself");
  collect::CoderQuestion question{.token = collect::coder_token(target.coder_token_file), .url = target.coder_url, .name_space = target.request.name_space};
  if (!live.proxy) return collect::coder(question);
  clients::Kubernetes api(*live.proxy);  // a connection of its own: this is another thread
  question.socket = live.proxy->socket(), question.prefix = live.proxy->prefix(), question.kubernetes = &api;
  return collect::coder(question);
}

state::Seen<state::Family> look_at_family(Target const& target, Live const& live) {
  clients::Kubernetes api(*live.proxy);
  api.be_patient_for(patience);
  auto const& known = target.knowledge.releases.empty() ? checks::knowledge() : target.knowledge;
  return collect::family(api, target.request, known.providers.chart);
}

// The rehearsal needs the base and the last of them only.
state::Seen<state::Release> look_at_revisions(state::Seen<state::Release> seen, Live const& live) {
  auto const records = collect::records_of(live.state.request);
  auto* release = std::get_if<state::Release>(&seen);
  if (!release || !state::seen(records)) return seen;
  clients::Kubernetes api(*live.proxy);
  api.be_patient_for(patience);
  collect::add_details(api, *release, *state::seen(records));
  return seen;
}

void look_at_cluster(Target const& target, Live& live) {
  std::string why;
  std::optional<base::Timeline::Span> span(std::in_place, live.timeline, "waiting for kubectl proxy");
  if (!live.proxy->ready(&why)) throw std::runtime_error("the cluster can't be reached: " + why);
  live.coder = std::async(std::launch::async, [&live, target] { return look_at_coder(target, live); });
  live.family = std::async(std::launch::async, [&live, target] { return look_at_family(target, live); });
  span.emplace(live.timeline, "the release's records");
  live.api = std::make_unique<clients::Kubernetes>(*live.proxy);
  live.api->be_patient_for(patience);
  auto cluster = std::async(std::launch::async, [&] { return collect::cluster(*live.api->another()); });
  auto records = std::async(std::launch::async, [&] { return collect::release(*live.api, live.state.request, 1, live.rehearser ? live.rehearser->likely_base() : 0); });
  records.wait_for(head_start);
  if (live.rehearser) live.rehearser->foresee();
  auto found = records.get();
  live.state.cluster = cluster.get();
  if (auto const* unknown = std::get_if<Unknown>(&live.state.cluster))
    throw std::runtime_error("the cluster can't be reached: " + unknown->why + (unknown->tell.empty() ? "" : " (" + unknown->tell + ")"));
  live.state.release = std::move(found.seen);
  live.base = std::move(found.base);
  live.release = std::async(std::launch::async, [&live, seen = live.state.release] { return look_at_revisions(std::move(seen), live); });
}

void look_at_values(Live& live) {
  if (!live.base) {
    live.state.values = Unknown{"there is no readable record of the release that holds them", ""};
    return;
  }
  live.state.values = collect::flatten(live.base->release["config"]);
  live.own_values.append(collect::values_text(*live.base));  // whoever goes on with them may begin before or after this
}

std::string pod_image(Target const& target, Live const& live) {
  if (!target.database_pod_image.empty() || !live.base) return target.database_pod_image;
  return collect::database_image(live.base->release["config"], live.base->release["chart"]);
}

state::Seen<state::Database> look_at_database(Target const& target, Live& live) {
  base::Timeline::Span const span(live.timeline, "the database");
  clients::Kubernetes api(live.proxy->socket(), live.proxy->prefix());  // a connection of its own: this is another thread
  collect::DatabaseQuestion question{.url = target.database_url, .name_space = live.state.request.name_space};
  question.access = clients::access_from_environment();
  question.kubernetes = &api;
  if (live.base) {
    question.chart_version = live.base->release["chart"]["metadata"]["version"].str();
    question.values = &live.base->release["config"];
  } else {
    question.why_no_values = "there is no readable record of the release that names it";
  }
  if (target.database_via_pod)
    question.pod = {.image = pod_image(target, live), .agree = [&](auto const& words) { return agrees(target.yes, words); }, .tell = say};
  return collect::database(question);
}

// A pod counts in quotas and takes room on a node: it comes when the rehearsal has ended. So does the question.
std::launch when_to_ask(Target const& target) { return target.database_via_pod ? std::launch::deferred : std::launch::async; }

// Why the upgrade can't be rehearsed; nothing if it can.
std::optional<Unknown> obstacle(Live const& live) {
  if (!live.helm) return Unknown{"there is no Helm to rehearse with", ""};
  if (auto const* unknown = std::get_if<Unknown>(&live.state.release)) return *unknown;
  if (auto const* unknown = std::get_if<Unknown>(&live.state.target)) return Unknown{"there is no chart to rehearse: " + unknown->why, unknown->tell};
  auto const& request = live.state.request;
  if (std::get<state::Release>(live.state.release).revisions.empty() && !request.install)
    return Unknown{"there is no release " + request.release + " in namespace " + request.name_space, ""};
  return {};
}

// Helm itself must read and write its records: who may not can't upgrade, and that is known without a rehearsal.
std::optional<state::Rehearsal> without_rights_to_records(Live& live) {
  rehearsal::Questions ask(*live.api);
  state::Rehearsal seen{.ending = state::Ending::storage, .error = "Helm's records of the release can't be read"};
  auto const& home = live.state.request.name_space;
  for (auto const* verb : {"list", "get", "create", "update"})
    if (ask.may({verb, "", "secrets", home, ""}) == rehearsal::May::no)
      seen.rights.push_back({verb, "", "secrets", home, "", "Helm's records of the release", state::Judgement::rejected});
  if (seen.rights.empty()) return {};
  return seen;
}

void rehearse_upgrade(Live& live, rehearsal::Layer start) {
  if (auto const why = obstacle(live)) {
    live.state.rehearsal = *why;
    if (std::holds_alternative<Unknown>(live.state.release))
      if (auto seen = without_rights_to_records(live)) live.state.rehearsal = std::move(*seen);
    return;
  }
  auto const& request = live.state.request;
  clients::progress("rehearsing the upgrade with your own Helm …");
  rehearsal::Script const script{.request = request,
                                 .release = std::get<state::Release>(live.state.release),
                                 .manifest = live.base ? live.base->release["manifest"].str() : "",
                                 .base_hooks = live.base ? live.base->release["hooks"] : base::Json(),
                                 .chart = live.chart,
                                 .flags = live.flags,
                                 .start = std::move(start),
                                 .rollback_check = live.rollback_check};
  live.api->be_patient_for(patience);
  live.rehearsed = rehearsal::rehearse(script, *live.rehearser, *live.api);
  live.api->be_patient_for({});
  if (live.rehearsed.seen.ending == state::Ending::storage)
    if (auto lacks = without_rights_to_records(live)) live.rehearsed.seen.rights = std::move(lacks->rights);
  if (request.check_images) {
    base::Timeline::Span const span(live.timeline, "the images in their registries");
    clients::progress("looking the new images up …");
    collect::look_up(live.rehearsed.seen.images);
  }
  if (request.pull_images) {
    base::Timeline::Span const span(live.timeline, "the images, pulled by a pod");
    pull_images(live);
  }
  live.state.rehearsal = live.rehearsed.seen;
  if (!live.rehearsed.helm_version.empty()) live.state.helm = state::Helm{live.helm->path(), live.rehearsed.helm_version};
  if (live.rehearsed.release) live.state.values = collect::flatten((*live.rehearsed.release)["config"]);
}

}  // namespace

rehearsal::About told_apart(state::Request const& request) {
  auto const access = clients::access_from_environment();
  auto const cluster = base::join({access.kubeconfig, access.context, access.api_server}, "\n");
  return {.cluster = cluster, .release = base::join({request.name_space, request.release, cluster}, "\n")};
}

std::unique_ptr<Live> look_without_rehearsal(Target const& target) {
  // Before any Helm runs: one whose records are elsewhere connects to that store at once.
  auto const records = collect::records_of(target.request);
  if (auto const* unknown = std::get_if<Unknown>(&records)) throw std::runtime_error(unknown->why);
  auto owned = std::make_unique<Live>();
  auto& live = *owned;
  live.state.request = target.request;
  live.state.now = clients::unix_now();
  live.state.knowledge = target.knowledge;
  live.state.thresholds = target.thresholds;
  live.rollback_check = target.rollback_check;
  live.yes = target.yes;
  std::string why;
  live.helm = clients::Helm::find(&why);
  clients::progress("looking at the chart, the release and the cluster …");
  bool const reachable = clients::find_program("kubectl").has_value();
  if (reachable) launch(live);
  // Each thread writes parts of the state that no other touches, and lives until its programs have ended.
  auto chart = std::async(std::launch::async, [&] { look_at_chart(target, live); });
  // A chart that must be pulled over a slow network is not waited for here; then Helm starts later.
  bool const soon = chart.wait_for(pull_patience) == std::future_status::ready;
  if (soon) begin_rehearsal(target, live);
  if (reachable) {
    look_at_cluster(target, live);
    look_at_values(live);
    live.database = std::async(when_to_ask(target), [&live, target] { return look_at_database(target, live); });
  } else {
    look_at_nothing(live);
  }
  live.state.kubectl = collect::kubectl();
  chart.get();
  if (!soon) begin_rehearsal(target, live);
  stop_if_interrupted();
  return owned;
}

void rehearse(Live& live, rehearsal::Layer start) {
  if (live.proxy) rehearse_upgrade(live, std::move(start));
  if (!state::seen(live.state.helm)) live.state.helm = collect::helm(live.helm);  // it was not rehearsed: ask Helm itself
  base::Timeline::Span const span(live.timeline, "waiting for the database and Coder");
  if (live.release.valid()) live.state.release = live.release.get();
  if (live.database.valid()) live.state.database = live.database.get();  // it had the whole rehearsal to answer
  if (live.coder.valid()) live.state.coder = live.coder.get();
  if (live.family.valid()) live.state.family = live.family.get();
  clients::progress("");
  stop_if_interrupted();
}

std::unique_ptr<Live> look(Target const& target) {
  clients::Interrupts const interrupts;
  auto live = look_without_rehearsal(target);
  rehearse(*live);
  return live;
}

}  // namespace cli
