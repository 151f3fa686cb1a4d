#include <future>
#include <stdexcept>

#include <unistd.h>

#include "base/text.h"
#include "checks/check.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/reach.h"
#include "clients/clock.h"
#include "clients/folder.h"
#include "clients/terminal.h"
#include "collect/coder.h"
#include "collect/family.h"
#include "collect/release.h"
#include "collect/repository.h"
#include "collect/services.h"
#include "collect/values.h"
#include "journey/ends.h"
#include "render/journey.h"
#include "render/yaml.h"

namespace cli {
namespace {

using state::Unknown;

constexpr auto otherwise = "--from V plans without one";

// The release as the cluster has it.
struct Deployed {
  std::string version;
  base::Json config;  // its values, which hold secrets
  bool has_config = false;
  state::Revision last;
};

[[noreturn]] void give_up(std::string const& sentence) { throw std::runtime_error(sentence); }

// The values that count, one put over the other as Helm does it.
void put_over(base::Json& below, base::Json const& above) {
  for (auto const& [key, value] : above.members()) {
    if (value.is_null()) {
      below.erase(key);
      continue;
    }
    auto& member = below.set(key);
    if (value.is_object() && member.is_object()) put_over(member, value);
    else member = value;
  }
}

base::Json values_of(std::string const& path) {
  std::string why;
  auto const text = clients::read_file(path, &why);
  if (!text) give_up("the values in " + base::printable(path) + " can't be read: " + base::printable(why));
  auto values = base::parse_yaml(*text, &why);
  if (!values) give_up("the values in " + base::printable(path) + " can't be read: " + base::printable(why));
  if (!values->is_object() && !values->is_null()) give_up("the values in " + base::printable(path) + " are no map of keys");
  return std::move(*values);
}

state::Seen<state::Values> values(Target const& target, Deployed const* deployed) {
  bool const own = deployed && target.values_base != ValuesBase::reset;
  auto const& files = target.request.value_files;
  if (own && !deployed->has_config) return Unknown{"there is no readable record of the release that holds them", ""};
  if (!deployed && files.empty()) return Unknown{"no cluster was looked at, because of --from", "Give them with -f, or leave --from out."};
  base::Json all(base::Json::Object{});
  if (own) put_over(all, deployed->config);
  for (auto const& file : files) put_over(all, values_of(file));
  return collect::flatten(all);
}

Deployed deployed(collect::FoundRelease const& found) {
  if (auto const* unknown = std::get_if<Unknown>(&found.seen)) give_up(unknown->why + (unknown->tell.empty() ? "" : " (" + unknown->tell + ")"));
  auto const& release = std::get<state::Release>(found.seen);
  if (release.revisions.empty()) give_up(no_release(release, otherwise));
  for (auto const& revision : release.revisions) {
    if (revision.number != release.base) continue;
    if (revision.chart_version.empty()) give_up("the record of revision " + std::to_string(revision.number) + " can't be read, so the version of the release is not known; --from V plans without it");
    if (revision.chart != "coder") give_up("release " + release.name + " is of the chart " + revision.chart + ", and only Coder's own, coder, is known");
    return {revision.chart_version, found.base ? found.base->release["config"] : base::Json(), found.base.has_value(), release.revisions.back()};
  }
  give_up("no revision of release " + release.name + " was ever deployed, so there is nothing to plan from; helm history " + release.name + " tells more");
}

// On threads of their own, while the release is looked at.
struct Beside {
  std::future<state::Seen<state::Coder>> coder;
  std::future<state::Seen<state::Family>> family;
};

Beside look_beside(Target const& target, clients::Proxy const& proxy) {
  auto const coder = [&target, &proxy] {
    clients::Kubernetes api(proxy);
    return collect::coder({.token = collect::coder_token(target.coder_token_file), .url = target.coder_url, .name_space = target.request.name_space,
                           .socket = proxy.socket(), .prefix = proxy.prefix(), .kubernetes = &api});
  };
  auto const family = [&target, &proxy] {
    clients::Kubernetes api(proxy);
    api.be_patient_for(std::chrono::minutes(2));
    auto const& known = target.knowledge.releases.empty() ? checks::knowledge() : target.knowledge;
    return collect::family(api, target.request, known.providers.chart);
  };
  return {std::async(std::launch::async, coder), std::async(std::launch::async, family)};
}

// What the cluster shows, and the version that the way begins at.
Deployed look(Target const& target, journey::Sight& sight) {
  auto const& request = target.request;
  auto reached = reach(request, otherwise);
  auto& api = *reached.api;
  auto beside = look_beside(target, *reached.proxy);
  sight.cluster = reached.cluster;
  auto release = deployed(collect::release(api, request));
  sight.last = release.last;
  sight.services = collect::services(api, request.name_space);
  std::string why;
  if (auto const helm = clients::Helm::find(&why)) {
    auto const repository = collect::repository(*helm, request.chart, {}, clients::unix_now());
    if (auto const* seen = state::seen(repository)) sight.index = seen->versions;
  }
  sight.coder = beside.coder.get();
  sight.family = beside.family.get();
  return release;
}

int show(PlanOptions const& options, journey::Sight const& sight, journey::Journey const& journey) {
  auto const* cluster = state::seen(sight.cluster);
  render::Planned const planned{journey, sight.request, cluster ? cluster->version : ""};
  render::Look const look{.colour = clients::colour_wanted(STDOUT_FILENO), .width = clients::columns(STDOUT_FILENO)};
  switch (options.format) {
    case PlanFormat::table: print(render::journey_table(planned, look)); break;
    case PlanFormat::json: print(base::to_pretty_text(render::journey_json(planned))); break;
    case PlanFormat::yaml: print(render::yaml(render::journey_json(planned))); break;
    case PlanFormat::markdown: print(render::journey_markdown(planned)); break;
  }
  return report::fine;
}

}  // namespace

int run(PlanOptions const& options) {
  auto const& target = options.target;
  auto const& known = target.knowledge.releases.empty() ? checks::knowledge() : target.knowledge;
  Unknown const not_looked{"no cluster was looked at, because of --from", ""};
  journey::Sight sight{.request = target.request, .from = {}, .to = {}, .cluster = not_looked, .values = not_looked, .services = not_looked,
                       .coder = not_looked, .family = not_looked, .index = {}, .resets_values = target.values_base == ValuesBase::reset};
  bool const live = options.from.empty();
  clients::Interrupts const interrupts;
  auto const release = live ? look(target, sight) : Deployed();
  if (clients::Interrupts::pending()) give_up("interrupted; nothing was changed");
  auto const ends = journey::ends({.from = live ? release.version : options.from, .to = options.to, .installed = live, .index = sight.index}, known);
  auto const* sentence = std::get_if<std::string>(&ends);
  if (sentence && live && options.to.empty()) give_up(*sentence);
  if (sentence) return run(Misuse{base::printable(*sentence), "plan"});
  sight.from = std::get<journey::Ends>(ends).from;
  sight.to = std::get<journey::Ends>(ends).to;
  sight.values = values(target, live ? &release : nullptr);
  return show(options, sight, journey::plan(sight, known));
}

}  // namespace cli
