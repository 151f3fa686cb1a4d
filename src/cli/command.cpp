#include "cli/command.h"

#include <stdexcept>

#include "cli/arguments.h"

namespace cli {
namespace {

ValuesBase values_base(Given const& given) {
  if (given.on("--reset-values")) return ValuesBase::reset;
  return given.on("--reuse-values") ? ValuesBase::reuse : ValuesBase::own;
}

// Helm takes "-" for standard input, fetches URLs, and several files with commas between them.
void add_named(Target& target, Given const& given) {
  for (auto const& file : given.all("--values"))
    if (file != "-" && file.find("://") == std::string::npos && file.find(',') == std::string::npos) target.named.push_back({"-f", file});
  for (auto const* flag : {"--coder-token-file", "--snapshot"})
    if (given.has(flag)) target.named.push_back({flag, given.last(flag)});
  for (auto const& folder : given.all("--checks")) target.named.push_back({"--checks", folder, true});
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
  request.check_images = given.on("--check-images"), request.pull_images = given.on("--pull-images");
  request.database_snapshot = database_snapshot(given.last("--database-snapshot"));
  target.database_url = given.has("--database-url") ? database_url(given.last("--database-url")) : settings.database_url;
  target.database_via_pod = database_via(given.last("--database-via"));
  if (given.has("--database-pod-image")) target.database_pod_image = pod_image(given.last("--database-pod-image"));
  if (!target.database_pod_image.empty() && !target.database_via_pod)
    throw std::invalid_argument("--database-pod-image is for the pod of --database-via pod; give both");
  target.yes = given.on("--yes");
  if (given.has("--coder-url")) target.coder_url = coder_url(given.last("--coder-url"));
  target.coder_token_file = given.last("--coder-token-file");
  add_named(target, given);
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

// What goes together, and with what; a sentence if it does not.
void check(ValuesOptions const& options, bool version, bool revision) {
  using What = ValuesOptions::What;
  bool const from_file = !options.input.empty();
  if (options.what == What::show && from_file) throw std::invalid_argument("show is about the release's values; a file shows itself");
  if (options.what == What::show && version) throw std::invalid_argument("show knows no --version; --revision N tells which of the release's values to show");
  if (options.write && options.what != What::migrate) throw std::invalid_argument("--write is for migrate only");
  if (options.write && (!from_file || options.input == "-")) throw std::invalid_argument("--write needs the file to change; name it with -f");
  if (options.write && !options.file.empty()) throw std::invalid_argument("--write and --file each say where the result goes; give one of them");
  if (options.defaults && options.what != What::diff) throw std::invalid_argument("--defaults is for diff only");
  if (revision && from_file) throw std::invalid_argument("--revision is one of the release, and -f a file; give one of them");
  if (options.what == What::diff && !options.file.empty()) throw std::invalid_argument("diff prints what differs; --file is for show and migrate");
}

Command values(Given const& given, settings::Settings const& settings) {
  ValuesOptions options{.target = {}, .what = values_action(given.last("ACTION"))};
  auto const& files = given.all("--values");
  if (files.size() > 1) throw std::invalid_argument("values looks at one file at a time; give one -f");
  if (!files.empty() && files.front().find("://") != std::string::npos) throw std::invalid_argument("values reads files only; fetch what the URL of -f names, and give the file");
  if (!files.empty() && files.front().empty()) throw std::invalid_argument("-f names no file");
  options.input = files.empty() ? "" : files.front();
  options.file = given.last("--file");
  options.write = given.on("--write"), options.defaults = given.on("--defaults");
  bool const shows = options.what == ValuesOptions::What::show;
  options.format = format(given.last("--output"), shows ? std::vector{Format::json, Format::yaml} : std::vector{Format::json});
  if (given.has("--revision")) options.revision = revision(given.last("--revision"));
  check(options, given.has("--version"), given.has("--revision"));
  options.target = target(given, settings);
  options.target.request.value_files.clear();  // it is no file for Helm, which printed commands would repeat
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
  if (name == "values") return values(given, settings);
  if (name == "snapshot") return SnapshotOptions{.target = target(given, settings), .file = given.last("--file")};
  if (name == "checks") return ChecksOptions{format(given.last("--output"))};
  if (name == "version") return VersionOptions{format(given.last("--output"))};
  if (given.has("CODE") == given.on("--all")) throw std::invalid_argument("explain needs the code or name of a check, or --all; helm coder checks lists them");
  return ExplainOptions{given.last("CODE"), given.on("--all")};
}

}  // namespace cli
