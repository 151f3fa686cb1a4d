#include "actions/journal.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <stdexcept>

#include <fcntl.h>
#include <unistd.h>

#include "base/text.h"
#include "clients/clock.h"
#include "clients/folder.h"

namespace actions {
namespace {

using base::Json;

constexpr std::string_view format = "helm-coder-run/1";
constexpr std::pair<Event, std::string_view> events[] = {{Event::begun, "begun"}, {Event::done, "done"}, {Event::failed, "failed"},
                                                         {Event::undone, "undone"}, {Event::not_undone, "not-undone"}};

std::string plan_file(std::string const& folder) { return folder + "/plan.json"; }
std::string journal_file(std::string const& folder) { return folder + "/journal.jsonl"; }

// At once on disk: the next thing we do may be the last.
std::optional<std::string> append(int fd, Json const& line) {
  auto const text = base::to_text(line) + "\n";
  if (write(fd, text.data(), text.size()) != static_cast<ssize_t>(text.size()) || fsync(fd) != 0) return std::strerror(errno);
  return {};
}

Json closing(std::string const& outcome) {
  return Json::Object{{"time", clients::format_time(clients::unix_now())}, {"event", "closed"}, {"words", outcome}};
}

Json to_json(Occasion const& occasion, Plan const& plan) {
  return Json::Object{{"format", format},
                      {"command", occasion.command},
                      {"release", occasion.release},
                      {"namespace", occasion.name_space},
                      {"cluster", occasion.cluster},
                      {"lastRevision", occasion.last_revision},
                      {"from", occasion.from},
                      {"to", occasion.to},
                      {"started", occasion.started},
                      {"steps", actions::to_json(plan)}};
}

Occasion occasion_from(Json const& json) {
  return {json["command"].str(), json["release"].str(), json["namespace"].str(), json["cluster"].str(),
          static_cast<int>(json["lastRevision"].int_or(0)), json["from"].str(), json["to"].str(), json["started"].str()};
}

void take_in(PastRun& run, Json const& line) {
  if (line["event"].str() == "closed") run.closed = true;
  auto const step = line["step"].int_or(-1);
  if (step < 0 || static_cast<std::size_t>(step) >= run.steps.size()) return;
  for (auto const& [event, name] : events)
    if (line["event"].str() == name) run.steps[static_cast<std::size_t>(step)] = event;
}

}  // namespace

Journal::Journal(std::string const& folder, Occasion const& occasion, Plan const& plan) : path_(journal_file(folder)) {
  if (auto const why = clients::write_file(plan_file(folder), base::to_pretty_text(to_json(occasion, plan)))) throw std::runtime_error(*why);
  fd_ = open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd_ < 0) throw std::runtime_error("can't write " + path_ + ": " + std::strerror(errno));
}

Journal::~Journal() {
  if (fd_ >= 0) ::close(fd_);
}

void Journal::note(Event event, std::size_t step, std::string const& words) {
  auto const name = std::find_if(std::begin(events), std::end(events), [&](auto const& each) { return each.first == event; })->second;
  Json line = Json::Object{{"time", clients::format_time(clients::unix_now())}, {"event", name}, {"step", step}};
  if (!words.empty()) line.set("words") = words;
  write(std::move(line));
}

void Journal::close(std::string const& outcome) { write(closing(outcome)); }

void Journal::write(Json line) {
  if (auto const why = append(fd_, line)) throw std::runtime_error("can't write " + path_ + ": " + *why);
}

std::optional<PastRun> read_run(std::string const& folder, std::string* why) {
  auto const text = clients::read_file(plan_file(folder), why);
  auto const json = text ? base::parse_json(*text, why) : std::nullopt;
  if (!json) return {};
  if ((*json)["format"].str() != format) return *why = "it is no plan of this program", std::nullopt;
  auto plan = plan_from_json((*json)["steps"], why);
  if (!plan) return {};
  PastRun run{.folder = folder, .occasion = occasion_from(*json), .plan = std::move(*plan), .steps = {}};
  run.steps.resize(run.plan.size());
  // A last line that was cut off is no JSON: what it would have said did not happen as far as we know.
  for (auto const& line : base::split(clients::read_file(journal_file(folder), why).value_or(""), '\n'))
    if (auto const entry = base::parse_json(line)) take_in(run, *entry);
  return run;
}

std::vector<PastRun> open_runs(std::string const& backups, std::string const& name_space, std::string const& release) {
  std::vector<PastRun> runs;
  std::error_code error;
  for (std::filesystem::directory_iterator each(backups, error), end; !error && each != end; each.increment(error)) {
    std::string why;
    auto run = read_run(each->path().string(), &why);
    if (run && !run->closed && run->occasion.name_space == name_space && run->occasion.release == release) runs.push_back(std::move(*run));
  }
  std::sort(runs.begin(), runs.end(), [](auto const& a, auto const& b) { return a.folder > b.folder; });
  return runs;
}

std::optional<std::string> close_run(PastRun const& run, std::string const& outcome) {
  int const fd = open(journal_file(run.folder).c_str(), O_WRONLY | O_APPEND | O_CLOEXEC | O_NOFOLLOW);
  if (fd < 0) return std::strerror(errno);
  auto why = append(fd, closing(outcome));
  ::close(fd);
  return why;
}

}  // namespace actions
