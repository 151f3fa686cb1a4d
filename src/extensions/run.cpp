#include <algorithm>
#include <atomic>
#include <chrono>
#include <filesystem>
#include <future>
#include <map>
#include <optional>

#include "base/json.h"
#include "base/text.h"
#include "clients/process.h"
#include "extensions/answer.h"
#include "extensions/extensions.h"

namespace extensions {
namespace {

constexpr std::size_t side_by_side = 8;

// What came of one executable: a line, or why there is none.
struct Answer {
  std::optional<report::Line> line;
  std::string trouble;
};

// Credentials in our environment are none of its business.
clients::Spawn call(std::string const& executable, std::string const& word, Limits const& limits) {
  clients::Spawn spawn{.argv = {executable, word}};
  spawn.unset = {"HELM_KUBE*", "KUBECONFIG", "PG*", "HELM_CODER_*", "AWS_*", "AZURE_*", "GOOGLE_*"};
  spawn.limit = limits.time;
  spawn.most_output = limits.output;
  return spawn;
}

std::string why_not(clients::Ended const& ended, Limits const& limits) {
  using How = clients::Ended::How;
  switch (ended.how) {
    case How::timed_out: return "it did not end within " + std::to_string(limits.time.count() / 1000) + " s";
    case How::too_much_output: return "it printed more than " + std::to_string(limits.output >> 20) + " MiB";
    case How::signalled: return "signal " + std::to_string(ended.code) + " ended it";
    case How::not_started: return "it can't be started: " + base::printable(ended.reason);
    case How::interrupted: return "it was interrupted";
    case How::exited: break;
  }
  auto const said = base::printable(ended.err.substr(0, ended.err.find('\n')));
  return "it ended with " + std::to_string(ended.code) + (said.empty() ? "" : ": " + said.substr(0, 300));
}

Answer ask(std::string const& executable, std::string const& state, Limits const& limits) {
  std::string why;
  auto const told = clients::run(call(executable, "metadata", limits));
  auto line = told.ok() ? read_metadata(told.out, &why) : std::nullopt;
  if (!line) return {{}, "metadata: " + (told.ok() ? why : why_not(told, limits))};
  auto checking = call(executable, "check", limits);
  checking.input = state;
  auto const ended = clients::run(checking);
  auto outcome = ended.ok() ? read_outcome(ended.out, &why) : std::nullopt;
  if (!outcome) {
    // Its line stays, so that nobody takes its silence for "fine".
    line->outcome.unverified = {{"", "the check did not do its work", "Run `helm coder explain HC701`."}};
    line->result = report::Result::not_verified;
    return {std::move(line), "check: " + (ended.ok() ? why : why_not(ended, limits))};
  }
  line->outcome = std::move(*outcome);
  bool const error = line->severity == report::Severity::error;
  if (!line->outcome.findings.empty()) line->result = error ? report::Result::error : report::Result::warning;
  else if (!line->outcome.unverified.empty()) line->result = report::Result::not_verified;
  return {std::move(line), ""};
}

Answer timed(std::string const& executable, std::string const& state, Limits const& limits) {
  auto const begin = std::chrono::steady_clock::now();
  auto answer = ask(executable, state, limits);
  if (answer.line) answer.line->seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return answer;
}

// In the order of the executables. Threads live until all have ended: a program dies with the thread that started it.
std::vector<Answer> ask_all(std::vector<std::string> const& executables, std::string const& state, Limits const& limits) {
  std::vector<Answer> answers(executables.size());
  std::atomic<std::size_t> next = 0;
  std::vector<std::future<void>> workers;
  for (std::size_t i = 0; i < std::min(side_by_side, executables.size()); ++i)
    workers.push_back(std::async(std::launch::async, [&] {
      for (std::size_t at = next++; at < executables.size(); at = next++) answers[at] = timed(executables[at], state, limits);
    }));
  for (auto& worker : workers) worker.get();
  return answers;
}

}  // namespace

std::string_view const own_checks_page =
#include "own_checks.md.inc"
    ;

std::vector<report::Line> run(Found const& found, state::State const& state, std::vector<report::Ignore> const& ignored, Limits const& limits) {
  if (found.executables.empty() && found.troubles.empty()) return {};
  auto const answers = ask_all(found.executables, base::to_text(state::to_json(state)), limits);
  report::Line own{.code = "HC701", .name = "own-checks", .category = "Checks of your own", .summary = "every check of your own does its work",
                   .severity = report::Severity::warning};
  own.outcome.findings = found.troubles;
  std::map<std::string, report::Line> lines;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    auto trouble = answers[i].trouble;
    auto line = answers[i].line;
    if (line) report::accept(ignored, *line);
    if (line && !lines.emplace(line->code, *line).second) trouble = "another one has the code " + line->code + " already";
    if (!trouble.empty())
      own.outcome.findings.push_back({base::printable(std::filesystem::path(found.executables[i]).filename().string()), "", trouble,
                                      report::Advice{"Repair it, or take it out of the folder: until then it judges nothing."}});
  }
  if (!own.outcome.findings.empty()) own.result = report::Result::warning;
  else own.detail = std::to_string(lines.size()) + (lines.size() == 1 ? " check" : " checks");
  std::vector<report::Line> all{std::move(own)};
  for (auto& [code, line] : lines) all.push_back(std::move(line));
  return all;
}

}  // namespace extensions
