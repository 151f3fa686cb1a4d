#include "report/report.h"

#include <algorithm>

namespace report {

Command helm_coder(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {"helm", "coder"});
  return {std::move(arguments)};
}

std::vector<std::string> words(Command const& command, state::Request const& request) {
  auto argv = command.argv;
  if (argv.empty()) return argv;
  auto const has = [&](std::string_view flag) { return std::find(argv.begin(), argv.end(), flag) != argv.end(); };
  auto const kubectl = argv.front() == "kubectl";
  if (!kubectl && argv.front() != "helm") return argv;
  std::vector<std::string> where;
  // Repositories are the machine's: no cluster has a part in them.
  if (argv.size() > 1 && (argv[1] == "repo" || argv[1] == "search")) return argv;
  if (request.name_space_given && !has("-n") && !has("-A")) where.insert(where.end(), {"-n", request.name_space});
  if (request.kube_context_given) where.insert(where.end(), {kubectl ? "--context" : "--kube-context", request.kube_context});
  // The defaults of every command of ours that acts on a release; what differs has to be said again.
  state::Request const usual;
  bool const acts = !kubectl && argv.size() > 2 && argv[1] == "coder" && argv[2] != "explain" && argv[2] != "checks";
  if (acts && (request.release != usual.release || request.chart != usual.chart)) argv.push_back(request.release);
  if (acts && request.chart != usual.chart) argv.push_back(request.chart);
  bool const upgrades = acts && (argv[2] == "upgrade" || argv[2] == "preflight" || argv[2] == "recover");
  for (auto const& file : upgrades ? request.value_files : std::vector<std::string>()) argv.insert(argv.end(), {"-f", file});
  bool const looks = acts && (argv[2] == "upgrade" || argv[2] == "preflight");
  if (looks && !request.database_snapshot.empty() && !has("--database-snapshot")) argv.insert(argv.end(), {"--database-snapshot", request.database_snapshot});
  if (looks && request.check_images && !has("--check-images")) argv.emplace_back("--check-images");
  if (looks && request.pull_images && !has("--pull-images")) argv.emplace_back("--pull-images");
  // Where people write them: kubectl's in front, because what follows `--` there is not for kubectl.
  argv.insert(kubectl ? argv.begin() + 1 : argv.end(), where.begin(), where.end());
  return argv;
}

void accept(std::vector<Ignore> const& all, Line& line) {
  if (line.outcome.findings.empty()) return;
  for (auto const& each : all) {
    if (each.check != line.code && each.check != line.name) continue;
    // One that counts is better than one that has expired, and one that says why better than a flag.
    bool const better = !line.ignore || (line.ignore->expired && !each.expired) || (line.ignore->reason.empty() && !each.reason.empty() && !each.expired);
    if (better) line.ignore = each;
  }
  line.ignored = line.ignore && !line.ignore->expired;
  if (line.ignored) line.result = Result::warning;
}

Tally tally(Report const& report) {
  Tally count;
  for (auto const& line : report.lines) {
    switch (line.result) {
      case Result::error: ++count.errors; break;
      case Result::warning: ++count.warnings; break;
      case Result::not_verified: ++count.unverified; break;
      case Result::passed: ++count.passed; break;
      case Result::not_asked: ++count.not_asked; break;
    }
  }
  return count;
}

Exit verdict(Report const& report, bool strict) {
  auto const& lines = report.lines;
  // The one check whose error has an exit code of its own, so that a script can wait and try again.
  auto const is_held = [](Line const& line) { return line.name == "no-operation" && line.result == Result::error; };
  if (std::any_of(lines.begin(), lines.end(), is_held)) return held;
  auto const count = tally(report);
  if (count.errors > 0) return forbidden;
  // The other checks of objects follow this one: without a rehearsal nothing was judged that matters.
  auto const is_blind = [](Line const& line) { return line.name == "rehearsal-ended" && line.result == Result::not_verified; };
  if (std::any_of(lines.begin(), lines.end(), is_blind)) return could_not_run;
  auto const counts = [](Line const& line) {
    return line.result != Result::passed && line.result != Result::not_asked && (!line.ignored || !line.outcome.unverified.empty());
  };
  return strict && std::any_of(lines.begin(), lines.end(), counts) ? doubtful : fine;
}

std::string_view category_of(std::string_view code) {
  switch (code.size() > 2 ? code[2] : '0') {
    case '1': return "Tools and repository";
    case '2': return "Release";
    case '3': return "Objects and cluster";
    case '4': return "Values and version";
    case '5': return "Database";
    case '6': return "Coder";
    default: return "Other";
  }
}

}  // namespace report
