#include "cli/parse.h"

#include <algorithm>
#include <span>
#include <stdexcept>

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "cli/arguments.h"
#include "cli/flags.h"

// The only file that knows CLI11. It says which flags there are; what a word may say is decided in arguments.cpp.
namespace cli {
namespace {

constexpr auto about = "Upgrade Coder without fear: rehearse the upgrade against the live cluster, see everything that would\n"
                       "go wrong, then do it, and get out again when it fails.";
constexpr auto exit_codes = "Exit codes: 0 nothing forbids it, 1 could not run, 2 wrong usage, 3 a check forbids it, 4 warnings or\n"
                            "things not verified (with --strict), 5 another operation holds the release.";

// Commands before flags, and no dots behind a value: that it may be repeated is said where it matters.
class Layout : public CLI::Formatter {
 public:
  Layout() {
    label("OPTIONS", "FLAGS");
    label("SUBCOMMAND", "COMMAND");
    column_width(34);
  }
  std::string make_option_opts(CLI::Option const* option) const override {
    auto const type = option->get_type_name();
    return type.empty() ? "" : " " + type;
  }
  std::string make_help(CLI::App const* app, std::string name, CLI::AppFormatMode mode) const override {
    return make_description(app) + "\n" + make_usage(app, name) + make_positionals(app) + make_subcommands(app, mode) +
           make_groups(app, mode) + "\n" + make_footer(app);
  }
};

// A flag with a value, which may be given several times. CLI11 must not take `[a,b]` apart, nor swallow the words after it,
// nor convert anything: we read what it collected.
void add_value(CLI::App& app, char const* names, char const* help, char const* group, char const* type = "VALUE") {
  static std::vector<std::string> unused;
  app.add_option(names, unused, help)->allow_extra_args(false)->type_name(type)->group(group);
}

void add_switch(CLI::App& app, char const* names, char const* help, char const* group = "Options") {
  std::string const description = help;
  app.add_flag(names, description)->group(group);
}

void add_positional(CLI::App& app, char const* name, char const* help) {
  static std::string unused;
  app.add_option(name, unused, help)->type_name("");
}

void add_helm_flags(CLI::App& app, std::span<HelmFlag const> flags, char const* group) {
  for (auto const& flag : flags)
    flag.takes_value ? add_value(app, flag.names, flag.help, group) : add_switch(app, flag.names, flag.help, group);
}

void add_target(CLI::App& app) {
  add_positional(app, "RELEASE", "name of the release (coder)");
  add_positional(app, "CHART", "chart, as helm upgrade takes it (coder/coder)");
  add_value(app, "--version", "version to upgrade to: 1.21.7, or 1.21 for its newest patch", "Options", "VERSION");
  add_value(app, "--timeout", "how long Helm waits: 5m0s, 300s, 1h", "Options", "DURATION");
  auto const* values = "Values, as in helm upgrade (on top of those that the release has, unless one of --re… is given)";
  add_helm_flags(app, std::span(upgrade_flags).first(values_flag_count), values);
  add_switch(app, "--reset-values", "start from the new chart's defaults", values);
  add_switch(app, "--reuse-values", "start from the old chart's defaults and values", values);
  add_switch(app, "--reset-then-reuse-values", "what happens anyway", values);
  add_helm_flags(app, std::span(upgrade_flags).subspan(values_flag_count), "Handed on to helm upgrade");
  add_helm_flags(app, chart_flags, "How the chart is fetched");
  add_switch(app, "-i,--install", "install if there is no such release", "Handed on to helm upgrade");
  for (auto const* always : {"--atomic", "--rollback-on-failure", "--wait"}) add_switch(app, always, "", "");
}

void add_remedies(CLI::App& app) {
  auto const* group = "Remedies (can be repeated; all: whatever the rehearsal names)";
  add_value(app, "--adopt", "make an object that is there the release's own", group, "KIND/NAME|all");
  add_value(app, "--protect", "keep an object that Helm would delete", group, "KIND/NAME|all");
  add_value(app, "--recreate", "delete and make anew what can't be changed in place", group, "KIND/NAME|all");
}

void add_knowledge(CLI::App& app) {
  add_value(app, "--knowledge", "read newer knowledge of Coder's releases here than is built in", "Options", "DIR");
}

void add_judging(CLI::App& app) {
  add_value(app, "--ignore", "turn this check's error into a warning (can be repeated)", "Options", "CODE");
  add_switch(app, "--strict", "exit 4 on warnings and on what is not verified");
  add_switch(app, "--no-rollback-check", "don't rehearse the automatic rollback");
  add_knowledge(app);
  add_value(app, "--checks", "run the checks of your own in this folder, too (can be repeated)", "Options", "DIR");
}

void add_database(CLI::App& app) {
  add_value(app, "--database-url", "where the database is, without its password (PGPASSFILE or PGPASSWORD)", "Options", "URL");
}

void add_format(CLI::App& app, char const* formats = "table, json or yaml") { add_value(app, "-o,--output", formats, "Options", "FORMAT"); }

void add_doing(CLI::App& app) {
  add_switch(app, "-y,--yes", "answer every question with yes");
  add_switch(app, "--dry-run", "print the plan and stop");
}

CLI::App& add_command(CLI::App& program, char const* name, char const* help) {
  auto& app = *program.add_subcommand(name, help);
  app.group("Commands")->fallthrough();  // -n and its like belong to the program
  app.footer("Flags that every command takes, such as -n and --kube-context: helm coder --help\n");
  return app;
}

void add_commands(CLI::App& program) {
  auto& preflight = add_command(program, "preflight", "What would go wrong with this upgrade? Changes nothing.");
  add_target(preflight), add_remedies(preflight), add_judging(preflight), add_database(preflight);
  add_format(preflight, "table, short, json, yaml, junit, sarif or html");
  add_value(preflight, "--snapshot", "judge a recording of helm coder snapshot instead of the cluster", "Options", "FILE");
  add_switch(preflight, "--diff", "show what changes in the cluster, field by field");
  add_switch(preflight, "--example", "judge a recording that is built in; needs nothing");
  add_switch(preflight, "--timings", "show on standard error where the time went");
  add_switch(preflight, "--holder-is-dead", "no other Helm works on the release, whatever its record says");

  auto& plan = add_command(program, "plan", "The way to a version: its stops, what each means for you, the next command.");
  add_positional(plan, "RELEASE", "name of the release (coder)");
  add_positional(plan, "CHART", "chart, as helm upgrade takes it (coder/coder)");
  add_value(plan, "--from", "plan from this version, without a look at any cluster", "Options", "VERSION");
  add_value(plan, "--to,--version", "plan to this version: 1.34.3, or 1.34 for its newest patch (the newest known)", "Options", "VERSION");
  add_value(plan, "-o,--output", "table, json, yaml or markdown", "Options", "FORMAT");
  add_value(plan, "-f,--values", "values file that comes with the upgrades (can be repeated)", "Options", "FILE");
  add_switch(plan, "--reset-values", "only the values of -f count, not those that the release has");
  add_value(plan, "--timeout", "how long Helm waits: 5m0s, 300s, 1h", "Options", "DURATION");
  add_knowledge(plan);

  auto& upgrade = add_command(program, "upgrade", "Preflight, backup, helm upgrade --atomic --wait, verify.");
  add_target(upgrade), add_remedies(upgrade), add_judging(upgrade), add_doing(upgrade), add_database(upgrade);

  auto& recover = add_command(program, "recover", "The smallest way out of a failed upgrade, and then take it.");
  add_target(recover), add_remedies(recover), add_doing(recover);
  add_switch(recover, "--holder-is-dead", "no other Helm works on the release, whatever its record says");

  auto& snapshot = add_command(program, "snapshot", "Record what preflight sees, to judge it elsewhere. Holds no secret.");
  add_target(snapshot), add_remedies(snapshot), add_database(snapshot);
  add_value(snapshot, "--file", "write it here instead of on standard output", "Options", "FILE");
  add_switch(snapshot, "--no-rollback-check", "don't rehearse the automatic rollback");

  add_format(add_command(program, "checks", "List all checks."));
  auto& explain = add_command(program, "explain", "The page of a check: the problem and its solution.");
  add_positional(explain, "CODE", "code or name of a check, such as HC202");
  add_format(add_command(program, "version", "The version of this program."));
}

// What CLI11 collected for one command.
class Given {
 public:
  explicit Given(CLI::App const& app) : app_(app) {}

  std::vector<std::string> all(std::string const& name) const {
    auto const* option = app_.get_option_no_throw(name);
    return option ? option->results() : std::vector<std::string>();
  }
  std::string last(std::string const& name) const {
    auto const words = all(name);
    return words.empty() ? "" : words.back();
  }
  bool has(std::string const& name) const { return !all(name).empty(); }
  bool on(std::string const& name) const { return has(name) && switched_on(name, last(name)); }

  std::vector<std::string> for_helm(std::span<HelmFlag const> flags) const {
    std::vector<std::string> words;
    for (auto const& flag : flags) {
      if (!flag.takes_value && has(flag.word)) words.push_back(on(flag.word) ? flag.word : std::string(flag.word) + "=false");
      if (flag.takes_value)
        for (auto const& value : all(flag.word)) words.insert(words.end(), {flag.word, value});
    }
    return words;
  }

 private:
  CLI::App const& app_;
};

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
  target.database_url = given.has("--database-url") ? database_url(given.last("--database-url")) : settings.database_url;
  target.check_folders = given.all("--checks");
  target.knowledge_folder = given.last("--knowledge");
  target.rollback_check = !given.on("--no-rollback-check");
  return target;
}

std::vector<std::string> ignored(Given const& given, settings::Settings const& settings) {
  auto words = given.all("--ignore");
  words.insert(words.end(), settings.ignored.begin(), settings.ignored.end());
  return known_checks(words);
}

std::vector<Format> const report_formats = {Format::brief, Format::json, Format::yaml, Format::junit, Format::sarif, Format::html};

Command preflight(Given const& given, settings::Settings const& settings) {
  if (given.on("--example") && given.has("--snapshot"))
    throw std::invalid_argument("--example and --snapshot each name a recording to judge; give one of them");
  return PreflightOptions{.target = target(given, settings), .format = format(given.last("--output"), report_formats),
                          .ignored = ignored(given, settings), .strict = given.on("--strict"), .diff = given.on("--diff"),
                          .timings = given.on("--timings"),
                          .snapshot = given.last("--snapshot"), .example = given.on("--example")};
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

Command command(std::string const& name, Given const& given, settings::Settings const& settings) {
  if (name == "preflight") return preflight(given, settings);
  if (name == "upgrade")
    return UpgradeOptions{.target = target(given, settings), .ignored = ignored(given, settings),
                          .strict = given.on("--strict"), .yes = given.on("--yes"), .dry_run = given.on("--dry-run")};
  if (name == "recover")
    return RecoverOptions{.target = target(given, settings), .yes = given.on("--yes"), .dry_run = given.on("--dry-run")};
  if (name == "plan") return plan(given, settings);
  if (name == "snapshot") return SnapshotOptions{.target = target(given, settings), .file = given.last("--file")};
  if (name == "checks") return ChecksOptions{format(given.last("--output"))};
  if (name == "version") return VersionOptions{format(given.last("--output"))};
  if (!given.has("CODE")) throw std::invalid_argument("explain needs the code or name of a check; helm coder checks lists them");
  return ExplainOptions{given.last("CODE")};
}

std::vector<std::string> flags_of(CLI::App const* app) {
  std::vector<std::string> names;
  for (; app; app = app->get_parent())
    for (auto const* option : app->get_options([](CLI::Option const* each) { return !each->get_group().empty(); }))
      for (auto const& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

std::vector<std::string> commands_of(CLI::App const& program) {
  std::vector<std::string> names;
  for (auto const* app : program.get_subcommands({})) names.push_back(app->get_name());
  return names;
}

// The first word that nothing took, in words.
std::string unknown_word(CLI::App const& program, CLI::App const* app) {
  auto const left = program.remaining(true);
  auto const word = left.empty() ? std::string() : left.front();
  auto const shown = base::printable(word);
  if (word.starts_with("-")) {
    auto const flag = word.substr(0, word.find('='));
    return "unknown flag " + base::printable(flag) + "." + did_you_mean(flag, flags_of(app ? app : &program));
  }
  if (app) return "unexpected argument \"" + shown + "\"";
  return "unknown command \"" + shown + "\"." + did_you_mean(word, commands_of(program));
}

void add_swallowed(CLI::App& program) {
  for (auto const& flag : swallowed_flags)
    flag.takes_value ? add_value(program, flag.names, flag.help, "Flags that every command takes")
                     : add_switch(program, flag.names, flag.help, "Flags that every command takes");
}

Parsed read(CLI::App const& program, CLI::App const* app, settings::Settings settings, std::vector<std::string> const& rest) {
  Given const everywhere(program);
  if (!app && everywhere.on("--version")) return {VersionOptions{}};
  if (!app) return {Misuse{"a command is missing; preflight is a good start", ""}};
  Parsed parsed;
  for (auto const& flag : swallowed_flags) {
    auto const name = base::split(flag.names, ',').back();
    if (!everywhere.has(name)) continue;
    if (!flag.takes_value) parsed.environment.emplace_back(flag.variable, everywhere.on(name) ? "true" : "false");
    else if (flag.many) parsed.environment.emplace_back(flag.variable, base::join(everywhere.all(name), ","));
    else parsed.environment.emplace_back(flag.variable, everywhere.last(name));
  }
  overlay(settings, parsed.environment);
  parsed.command = command(app->get_name(), Given(*app), settings);
  auto* about_release = std::holds_alternative<PlanOptions>(parsed.command) ? nullptr : target_of(parsed.command);
  if (about_release)
    about_release->helm_flags.insert(about_release->helm_flags.end(), rest.begin(), rest.end());
  else if (!rest.empty())
    throw std::invalid_argument("unexpected argument \"" + base::printable(rest.front()) + "\" after --");
  return parsed;
}

}  // namespace

Parsed parse(std::vector<std::string> const& words, settings::Settings const& settings) {
  auto const dashes = std::find(words.begin(), words.end(), "--");
  std::vector<std::string> reversed(std::make_reverse_iterator(dashes), words.rend());
  std::vector<std::string> const rest(dashes == words.end() ? dashes : dashes + 1, words.end());
  CLI::App program(about, "helm coder");
  program.formatter(std::make_shared<Layout>());
  program.require_subcommand(0, 1);
  program.set_help_flag("-h,--help", "this help");
  program.footer(exit_codes);
  add_switch(program, "--version", "the version of this program");
  add_swallowed(program);
  add_commands(program);
  CLI::App const* app = nullptr;
  auto const chosen = [&]() -> CLI::App const* {
    auto const all = program.get_subcommands();
    return all.empty() ? nullptr : all.front();
  };
  try {
    program.parse(reversed);
    return read(program, app = chosen(), settings, rest);
  } catch (CLI::CallForHelp const&) {
    return {Help{program.help()}};
  } catch (CLI::ExtrasError const&) {
    return {Misuse{unknown_word(program, app = chosen()), app ? app->get_name() : ""}};
  } catch (CLI::ParseError const& error) {
    app = chosen();
    return {Misuse{base::printable(error.what()), app ? app->get_name() : ""}};
  } catch (std::invalid_argument const& error) {
    return {Misuse{error.what(), app ? app->get_name() : ""}};
  }
}

}  // namespace cli
