#include <filesystem>
#include <optional>
#include <stdexcept>

#include <unistd.h>

#include "base/json.h"
#include "base/text.h"
#include "checks/check.h"
#include "clients/clock.h"
#include "clients/folder.h"
#include "clients/helm.h"
#include "clients/terminal.h"
#include "cli/commands.h"
#include "cli/live.h"
#include "cli/waiting.h"
#include "extensions/extensions.h"
#include "render/differences.h"
#include "render/report.h"
#include "render/timings.h"

namespace cli {
namespace {

constexpr char const* example =
#include "example.json.inc"
    ;

// A recording, from wherever it came. It is as untrusted as a cluster.
state::State recorded(std::string_view text, std::string const& name, Target const& target) {
  std::string why;
  auto const json = base::parse_json(text, &why);
  auto state = json ? state::from_json(*json, &why) : std::nullopt;
  if (!state) throw std::runtime_error("the snapshot " + base::printable(name) + " can't be used: " + base::printable(why));
  state->knowledge = target.knowledge;
  state->thresholds = target.thresholds;
  return std::move(*state);
}

state::State from_file(std::string const& path, Target const& target) {
  std::string why;
  auto const text = clients::read_file(path, &why);
  if (!text) throw std::runtime_error("the snapshot " + base::printable(path) + " can't be read: " + base::printable(why));
  return recorded(*text, path, target);
}

void show_timings(Live const& live) {
  std::vector<render::RequestTime> slowest;
  if (live.rehearser)
    for (auto& asked : live.rehearser->server().slowest()) slowest.push_back({std::move(asked.what), asked.status, asked.seconds});
  auto const requests = live.rehearser ? live.rehearser->server().requests() : rehearsal::Server::Requests();
  auto const text = render::timings(live.timeline.phases(), slowest, requests.from_helm, requests.to_server);
  std::fprintf(stderr, "\n%s", text.c_str());
}

// What is accepted today.
std::vector<report::Ignore> accepted(std::vector<report::Ignore> all) {
  auto const today = clients::format_time(clients::unix_now()).substr(0, 10);
  for (auto& each : all) each.expired = !each.until.empty() && each.until < today;
  return all;
}

// It stands in the file and does nothing.
void tell_of(report::Ignore const& expired) {
  std::fprintf(stderr, "%s: %s is no longer ignored: its last day was %s\n", base::printable(expired.place).c_str(), base::printable(expired.check).c_str(), expired.until.c_str());
}

// What checks of the person's own say. The example is judged by ours, unless others are asked for.
std::vector<report::Line> lines_of_others(state::State const& state, PreflightOptions const& options, std::vector<report::Ignore> const& ignored) {
  std::vector<std::string> usual;
  if (auto const home = clients::helm_data_home(); !options.example && !home.empty()) usual.push_back(home + "/coder/checks");
  return extensions::run(extensions::find(usual, options.target.check_folders), state, ignored, {.time = options.target.check_limit});
}

report::Report judged(state::State const& state, PreflightOptions const& options, std::vector<report::Ignore> const& ignored, base::Timeline* timeline) {
  base::Timeline own;
  std::optional<base::Timeline::Span> span(std::in_place, timeline ? *timeline : own, "judging");
  auto report = checks::judge(state, ignored);
  span.emplace(timeline ? *timeline : own, "checks of your own");
  for (auto& line : lines_of_others(state, options, ignored)) report.lines.push_back(std::move(line));
  return report;
}

// Only to point into them. What is no regular file (a pipe, standard input) is there to be read once, by Helm.
std::vector<render::ValuesFile> values_files(state::Request const& request) {
  std::vector<render::ValuesFile> files;
  for (auto const& name : request.value_files) {
    std::string why;
    std::error_code error;
    if (!std::filesystem::is_regular_file(name, error)) continue;
    if (auto text = clients::read_file(name, &why)) files.push_back({name, std::move(*text)});
  }
  return files;
}

std::string_view page_of(std::string_view code) {
  auto const* check = checks::find(code);
  return check ? check->page : std::string_view();
}

std::string in_table(render::Document const& document, bool diff) {
  render::Look const look{.colour = clients::colour_wanted(STDOUT_FILENO), .width = clients::columns(STDOUT_FILENO)};
  auto const differences = diff && document.effects ? render::differences(*document.effects, document.request, look) : "";
  return render::table(document, look) + differences;
}

std::string in_words(render::Document const& document, PreflightOptions const& options) {
  switch (options.format) {
    case Format::table: return in_table(document, options.diff);
    case Format::brief: return render::brief(document);
    case Format::json: return render::json(document);
    case Format::yaml: return render::yaml(document);
    case Format::junit: return render::junit(document);
    case Format::sarif: return render::sarif(document);
    case Format::html: return render::html_page(document);
  }
  return "";
}

}  // namespace

int show(state::State const& state, PreflightOptions const& options, Showing const& showing) {
  auto* timeline = showing.timeline;
  auto const ignored = accepted(options.ignored);
  for (auto const& each : ignored)
    if (each.expired) tell_of(each);
  auto const report = judged(state, options, ignored, timeline);
  auto const subject = report::subject_of(state);
  auto const& target = options.target;
  auto const* rehearsal = state::seen(state.rehearsal);
  auto const effects = rehearsal ? report::effects_of(*rehearsal, state.request) : report::Effects();
  render::Document const document{.report = report,
                                  .subject = subject,
                                  .request = state.request,
                                  .effects = rehearsal ? &effects : nullptr,
                                  .strict = options.strict,
                                  .goes_on = showing.goes_on,
                                  .more_flags = target.helm_flags.size() > 2 * target.request.value_files.size() || !target.chart_flags.empty(),
                                  .at = state.now,
                                  .values_files = options.format == Format::sarif ? values_files(target.request) : std::vector<render::ValuesFile>(),
                                  .page_of = page_of,
                                  .timings = timeline ? timeline->phases() : std::vector<base::Timeline::Phase>()};
  if (showing.told) showing.told->say("preflight", render::as_json(document));
  print(in_words(document, options));
  return report::verdict(report, options.strict);
}

int run(PreflightOptions const& options) {
  if (options.example) return show(recorded(example, "that is built in", options.target), options);
  if (!options.snapshot.empty()) return show(from_file(options.snapshot, options.target), options);
  auto const live = options.wait.count() > 0 ? look_until_passed(options, accepted(options.ignored)) : look(options.target);
  auto const verdict = show(live->state, options, {.timeline = &live->timeline});
  if (options.timings) show_timings(*live);
  return verdict;
}

}  // namespace cli
