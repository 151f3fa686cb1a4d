#include "cli/command.h"

#include <stdexcept>

#include "cli/arguments.h"

namespace cli {
namespace {

ValuesBase values_base(Given const& given) {
  if (given.on("--reset-values")) return ValuesBase::reset;
  return given.on("--reuse-values") ? ValuesBase::reuse : ValuesBase::own;
}

Target target(Given const& given, settings::Settings const& settings) {
  if (!settings.problem.empty()) throw std::invalid_argument(settings.problem);
  Target target;
  auto& request = target.request;
  if (given.has("RELEASE")) request.release = release_name(given.last("RELEASE"));
  if (given.has("CHART")) request.chart = given.last("CHART");
  if (given.has("--version")) request.version = wanted_version("--version", given.last("--version"));
  request.adopt = objects("--adopt", given.all("--adopt"));
  request.protect = objects("--protect", given.all("--protect"));
  request.recreate = objects("--recreate", given.all("--recreate"));
  for (auto const& file : given.all("--values"))
    if (file.find("://") == std::string::npos) request.value_files.push_back(file);  // a URL may hold a password
  request.holder_is_dead = given.on("--holder-is-dead");
  request.install = given.on("--install");
  set_timeout(request, given.last("--timeout"), settings);
  set_place(target, settings);
  target.values_base = values_base(given);
  target.helm_flags = given.for_helm(upgrade_flags), target.chart_flags = given.for_helm(chart_flags);
  request.check_images = given.on("--check-images");
  request.database_snapshot = database_snapshot(given.last("--database-snapshot"));
  target.database_url = given.has("--database-url") ? database_url(given.last("--database-url")) : settings.database_url;
  set_judging(target, given.all("--checks"), settings);
  target.knowledge_folder = given.last("--knowledge");
  target.rollback_check = !given.on("--no-rollback-check");
  return target;
}

std::vector<Format> const report_formats = {Format::brief, Format::json, Format::yaml, Format::junit, Format::sarif, Format::html};

Command preflight(Given const& given, settings::Settings const& settings) {
  if (given.on("--example") && given.has("--snapshot"))
    throw std::invalid_argument("--example and --snapshot each name a recording to judge; give one of them");
  auto const wait = waiting_time(given.last("--wait"));
  if (wait.count() > 0 && (given.on("--example") || given.has("--snapshot")))
    throw std::invalid_argument("--wait looks at a cluster again and again; a recording does not change");
  return PreflightOptions{.target = target(given, settings), .format = format(given.last("--output"), report_formats),
                          .ignored = ignored(given.all("--ignore"), settings), .strict = given.on("--strict"), .diff = given.on("--diff"),
                          .timings = given.on("--timings"),
                          .snapshot = given.last("--snapshot"), .example = given.on("--example"), .wait = wait};
}

Command plan(Given const& given, settings::Settings const& settings) {
  PlanOptions options{.target = {}, .format = plan_format(given.last("--output"))};
  if (given.has("--from")) options.from = wanted_version("--from", given.last("--from"));
  if (given.has("--to")) options.to = wanted_version("--to", given.last("--to"));
  options.target = target(given, settings);
  if (options.target.request.value_files.size() < given.all("--values").size())
    throw std::invalid_argument("plan reads values from files only; fetch what a URL of -f names, and give the file");
  return options;
}

}  // namespace

Command command(std::string const& name, Given const& given, settings::Settings const& settings) {
  if (name == "preflight") return preflight(given, settings);
  if (name == "upgrade")
    return UpgradeOptions{.target = target(given, settings), .ignored = ignored(given.all("--ignore"), settings),
                          .strict = given.on("--strict"), .yes = given.on("--yes"), .dry_run = given.on("--dry-run"),
                          .format = format(given.last("--output"))};
  if (name == "recover")
    return RecoverOptions{.target = target(given, settings), .yes = given.on("--yes"), .dry_run = given.on("--dry-run"),
                          .format = format(given.last("--output"))};
  if (name == "plan") return plan(given, settings);
  if (name == "snapshot") return SnapshotOptions{.target = target(given, settings), .file = given.last("--file")};
  if (name == "checks") return ChecksOptions{format(given.last("--output"))};
  if (name == "version") return VersionOptions{format(given.last("--output"))};
  if (given.has("CODE") == given.on("--all")) throw std::invalid_argument("explain needs the code or name of a check, or --all; helm coder checks lists them");
  return ExplainOptions{given.last("CODE"), given.on("--all")};
}

}  // namespace cli
