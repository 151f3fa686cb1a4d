#include "cli/grammar.h"

#include <span>

#include <CLI/CLI.hpp>

#include "cli/flags.h"

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
  for (auto const* always : {"--atomic", "--rollback-on-failure"}) add_switch(app, always, "", "");
}

// Of `helm upgrade`, where people copy it from: it is always so.
void add_helms_wait(CLI::App& app) { add_switch(app, "--wait", "", ""); }

// Without a duration it is Helm's.
void add_wait(CLI::App& app) {
  static std::vector<std::string> unused;
  app.add_option("--wait", unused, "look again until what may pass by itself has passed, for so long at most")
      ->expected(0, 1)->allow_extra_args(false)->type_name("DURATION")->group("Options");
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
  add_value(app, "--database-via", "ask the database from a short-lived pod in the release's namespace, after asking you", "Options", "pod");
  add_value(app, "--database-pod-image", "image with psql for that pod (the chart's own for its built-in database)", "Options", "IMAGE");
  add_value(app, "--database-snapshot", "say that there is a backup of the database that can be restored", "Options", "taken");
}

void add_images(CLI::App& app) {
  add_switch(app, "--check-images", "look new images up in their registries (with skopeo, crane or docker)");
  add_switch(app, "--pull-images", "have a short-lived pod pull the new images, after asking you");
}

void add_coder(CLI::App& app) {
  add_value(app, "--coder-url", "ask Coder itself here, and not through the API server (needs CODER_SESSION_TOKEN)", "Options", "URL");
  add_value(app, "--coder-token-file", "file with a session token of Coder's, instead of CODER_SESSION_TOKEN", "Options", "FILE");
}

void add_format(CLI::App& app, char const* formats = "table, json or yaml") { add_value(app, "-o,--output", formats, "Options", "FORMAT"); }

void add_yes(CLI::App& app) { add_switch(app, "-y,--yes", "answer every question with yes"); }

void add_doing(CLI::App& app) {
  add_yes(app);
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
  add_target(preflight), add_remedies(preflight), add_judging(preflight), add_database(preflight), add_yes(preflight), add_images(preflight), add_coder(preflight);
  add_format(preflight, "table, short, json, yaml, junit, sarif or html");
  add_value(preflight, "--snapshot", "judge a recording of helm coder snapshot instead of the cluster", "Options", "FILE");
  add_switch(preflight, "--diff", "show what changes in the cluster, field by field");
  add_switch(preflight, "--example", "judge a recording that is built in; needs nothing");
  add_switch(preflight, "--timings", "show on standard error where the time went");
  add_wait(preflight);
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
  add_knowledge(plan), add_coder(plan);

  auto& upgrade = add_command(program, "upgrade", "Preflight, backup, helm upgrade --atomic --wait, verify.");
  add_target(upgrade), add_helms_wait(upgrade), add_remedies(upgrade), add_judging(upgrade), add_doing(upgrade), add_database(upgrade), add_images(upgrade), add_coder(upgrade);
  add_format(upgrade);

  auto& recover = add_command(program, "recover", "The smallest way out of a failed upgrade, and then take it.");
  add_target(recover), add_helms_wait(recover), add_remedies(recover), add_doing(recover), add_format(recover);
  add_switch(recover, "--holder-is-dead", "no other Helm works on the release, whatever its record says");

  auto& values = add_command(program, "values", "The release's own values: show them, migrate them to a version, compare them.");
  add_positional(values, "ACTION", "show, migrate or diff");
  add_positional(values, "RELEASE", "name of the release (coder)");
  add_positional(values, "CHART", "chart, as helm upgrade takes it (coder/coder); for diff --defaults");
  add_value(values, "--version", "migrate to this version: 1.28.7, or 1.28 for its newest patch (the newest known)", "Options", "VERSION");
  add_value(values, "-f,--values", "a file of values instead of the release's own; - is standard input", "Options", "FILE");
  add_value(values, "--file", "write the result here instead of on standard output", "Options", "FILE");
  add_switch(values, "--write", "migrate: change the file of -f itself, and keep the old one beside it");
  add_value(values, "--revision", "the values of this revision of the release (the one that an upgrade starts from)", "Options", "N");
  add_switch(values, "--defaults", "diff: compare with the chart's defaults instead");
  add_value(values, "-o,--output", "show: yaml or json; migrate and diff: json tells what changes and why", "Options", "FORMAT");
  add_knowledge(values);
  add_helm_flags(values, chart_flags, "How the chart is fetched");

  auto& snapshot = add_command(program, "snapshot", "Record what preflight sees, to judge it elsewhere. Holds no secret.");
  add_target(snapshot), add_helms_wait(snapshot), add_remedies(snapshot), add_database(snapshot), add_yes(snapshot), add_images(snapshot), add_coder(snapshot);
  add_value(snapshot, "--file", "write it here instead of on standard output", "Options", "FILE");
  add_switch(snapshot, "--no-rollback-check", "don't rehearse the automatic rollback");

  add_format(add_command(program, "checks", "List all checks."));
  auto& explain = add_command(program, "explain", "The page of a check: the problem and its solution.");
  add_positional(explain, "CODE", "code or name of a check, such as HC202");
  add_switch(explain, "--all", "the pages of all checks as one document in Markdown");
  add_format(add_command(program, "version", "The version of this program."));
}

void add_everywhere(CLI::App& program) {
  add_value(program, "--config", "configuration file (helm-coder.conf in Helm's configuration folder)", "Flags that every command takes", "FILE");
  for (auto const& flag : swallowed_flags)
    flag.takes_value ? add_value(program, flag.names, flag.help, "Flags that every command takes")
                     : add_switch(program, flag.names, flag.help, "Flags that every command takes");
}

}  // namespace

void describe(CLI::App& program) {
  program.description(about);
  program.formatter(std::make_shared<Layout>());
  program.require_subcommand(0, 1);
  program.set_help_flag("-h,--help", "this help");
  program.footer(exit_codes);
  add_switch(program, "--version", "the version of this program");
  add_everywhere(program);
  add_commands(program);
}

}  // namespace cli
