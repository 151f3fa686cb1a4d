#include <cstdio>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <stdexcept>

#include <unistd.h>

#include "base/text.h"
#include "checks/check.h"
#include "checks/knowledge.h"
#include "cli/commands.h"
#include "cli/own_values.h"
#include "clients/clock.h"
#include "clients/folder.h"
#include "clients/helm.h"
#include "clients/process.h"
#include "clients/terminal.h"
#include "collect/chart_files.h"
#include "collect/repository.h"
#include "collect/target.h"
#include "collect/values.h"
#include "journey/ends.h"
#include "render/values.h"
#include "render/values_diff.h"
#include "render/words.h"
#include "render/yaml.h"
#include "values/defaults.h"
#include "values/masked.h"
#include "values/migration.h"

namespace cli {
namespace {

constexpr std::size_t most = 4u << 20;  // of a file of values

[[noreturn]] void give_up(std::string const& sentence) { throw std::runtime_error(sentence); }

void say(std::string const& text) { std::fputs(text.c_str(), stderr); }

render::Look look_of(int fd) { return {.colour = clients::colour_wanted(fd), .width = clients::columns(fd)}; }

state::Knowledge const& knowledge_of(Target const& target) {
  return target.knowledge.releases.empty() ? checks::knowledge() : target.knowledge;
}

std::string text_of_input(std::string const& input) {
  if (input == "-") {
    if (clients::is_terminal(STDIN_FILENO)) say("Reading values from standard input, up to Ctrl-D …\n");
    return {std::istreambuf_iterator<char>(std::cin), {}};
  }
  std::error_code error;
  if (std::filesystem::is_directory(input, error)) give_up(base::printable(input) + " is a folder; name the file of values in it");
  if (std::filesystem::exists(input, error) && !std::filesystem::is_regular_file(input, error))
    give_up(base::printable(input) + " is no regular file; what comes by a pipe is read with -f -");
  std::string why;
  auto text = clients::read_file(input, &why, most);
  if (!text) give_up(base::printable(why));
  return std::move(*text);
}

// The values to work on, and what is known of where they are from.
struct Source {
  std::string name, text;
  std::string version;  // of the release; empty: not known
  state::Seen<std::set<std::string>> services = state::Unknown{"no cluster was looked at", ""};
};

std::string left_out(std::vector<std::string> const& pins) {
  return "Left out, since they only name Coder's own images of a version: " + base::join(pins, ", ") + ".\n";
}

Source source_of(ValuesOptions const& options) {
  if (!options.input.empty()) return {.name = options.input == "-" ? "standard input" : options.input, .text = text_of_input(options.input), .version = {}};
  auto const own = own_values(options.target.request, options.revision, knowledge_of(options.target), true);
  if (!own.pins.empty()) say(base::printable(left_out(own.pins), false));
  return {.name = own.name, .text = own.values.members().empty() ? "" : render::plain_yaml(own.values), .version = own.version, .services = own.services};
}

int show(ValuesOptions const& options) {
  auto const own = own_values(options.target.request, options.revision, knowledge_of(options.target), false);
  if (!own.pins.empty()) say(base::printable(left_out(own.pins), false));
  if (own.values.members().empty()) give_up(own.name + (own.pins.empty() ? " are none at all" : " are no others") + ": everything is the chart's default, so nothing was " + (options.file.empty() ? "printed" : "written"));
  auto const text = options.format == Format::json ? base::to_pretty_text(own.values) : render::plain_yaml(own.values);
  if (options.file.empty()) print(text);
  else if (auto const why = clients::write_file(options.file, text)) give_up(base::printable(*why));
  else say("Wrote " + own.name + " to " + base::printable(options.file) + ". They may hold secrets.\n");
  return report::fine;
}

// The version to migrate to, or a sentence why there is none.
std::variant<base::Version, std::string> target_of(ValuesOptions const& options, std::string const& from) {
  auto const& known = knowledge_of(options.target);
  auto const begin = from.empty() ? known.lines.front().line : from;
  auto ends = journey::ends({.from = begin, .to = options.target.request.version, .installed = true, .index = {}}, known);
  if (auto const* sentence = std::get_if<std::string>(&ends)) return *sentence;
  return std::get<journey::Ends>(ends).to;
}

values::Migration migrated(Source const& source, base::Version const& target, state::Knowledge const& known) {
  auto const tree = base::parse_yaml(source.text);
  values::Wanted const wanted{.target = target, .flat = collect::flatten(tree.value_or(base::Json())), .services = source.services};
  values::Trouble trouble;
  auto migration = values::migrate(source.text, wanted, known, trouble);
  if (!migration) give_up(base::printable(source.name + (trouble.line > 0 ? ", " : ": ") + values::to_text(trouble)));
  return std::move(*migration);
}

// The release's own values would bring the old keys back: hence --reset-values.
std::string next_command(ValuesOptions const& options, base::Version const& target) {
  auto const& file = options.write ? options.input : options.file;
  if (file.empty()) return "";
  return render::to_text(checks::helm_coder({"preflight", "--version", base::to_text(target), "--reset-values", "-f", file}), options.target.request);
}

// Puts the new text where it was asked for, and says where that is.
std::string put_away(ValuesOptions const& options, Source const& source, values::Migration const& migration) {
  if (options.write && migration.changes.empty()) return "The file was left as it is.";
  if (options.write) {
    std::string backup;
    if (auto const why = clients::replace_file(options.input, source.text, migration.text, &backup)) give_up(base::printable(*why));
    return "Wrote " + options.input + "; as it was before, it is in " + backup + ".";
  }
  if (!options.file.empty()) {
    std::error_code error;
    if (std::filesystem::equivalent(options.file, options.input, error)) give_up("--file names the file of -f itself; to change that, use --write");
    if (auto const why = clients::write_file(options.file, migration.text)) give_up(base::printable(*why));
    return "Wrote " + options.file + ". It may hold secrets.";
  }
  if (options.format == Format::table) print(migration.text);
  return "";
}

int migrate(ValuesOptions const& options) {
  auto const source = source_of(options);
  auto const found = target_of(options, source.version);
  if (auto const* sentence = std::get_if<std::string>(&found)) return run(Misuse{base::printable(*sentence), "values"});
  auto const& target = std::get<base::Version>(found);
  auto const migration = migrated(source, target, knowledge_of(options.target));
  bool const refused = !migration.refusals.empty();
  if (options.input.empty() && source.text.empty() && migration.changes.empty()) give_up(source.name + " are none, but the chart's defaults: there is nothing to migrate");
  auto const done = refused ? "" : put_away(options, source, migration);
  render::Migrated const about{migration, source.name, base::to_text(target), done, refused ? "" : next_command(options, target)};
  if (options.format == Format::json) print(base::to_pretty_text(render::migration_json(about)));
  else say(render::migration_words(about, look_of(STDERR_FILENO)));
  return refused ? report::forbidden : report::fine;
}

int diff_of_migration(ValuesOptions const& options) {
  auto const source = source_of(options);
  auto const found = target_of(options, source.version);
  if (auto const* sentence = std::get_if<std::string>(&found)) return run(Misuse{base::printable(*sentence), "values"});
  auto const& target = std::get<base::Version>(found);
  auto const migration = migrated(source, target, knowledge_of(options.target));
  render::Migrated const about{migration, source.name, base::to_text(target), "", ""};
  if (!migration.refusals.empty()) {
    say(render::migration_words(about, look_of(STDERR_FILENO)));
    return report::forbidden;
  }
  if (options.format == Format::json) print(base::to_pretty_text(render::migration_json(about)));
  else print(render::values_diff({source.name, source.name + " for Coder " + about.target, source.text, migration.text, values::masked(source.text, collect::may_be_shown),
                                  values::masked(migration.text, collect::may_be_shown)}, look_of(STDOUT_FILENO)));
  if (migration.changes.empty()) say("Nothing has to change in " + base::printable(source.name) + " for Coder " + about.target + ".\n");
  return report::fine;
}

// A chart's defaults, and what it is called.
struct Defaults {
  base::Json values;
  std::string chart;
};

Defaults defaults_of_chart(ValuesOptions const& options) {
  auto const& target = options.target;
  std::string why;
  auto const helm = clients::Helm::find(&why);
  if (!helm) give_up("Helm is needed to fetch the chart: " + why);
  clients::Folder const folder;
  auto const repository = collect::repository(*helm, target.request.chart, target.chart_flags, clients::unix_now());
  auto const pulled = collect::target(*helm, target.request, target.chart_flags, repository, folder.path());
  if (auto const* unknown = std::get_if<state::Unknown>(&pulled)) give_up(base::printable(unknown->why + (unknown->tell.empty() ? "" : " (" + unknown->tell + ")")));
  auto const& found = std::get<collect::Pulled>(pulled);
  auto files = collect::read_chart(found.chart, &why);
  if (!files) give_up(base::printable(why));
  return {std::move(files->values), found.target.name + " " + found.target.version};
}

int diff_to_defaults(ValuesOptions const& options) {
  Source source;
  base::Json own;
  Defaults defaults;
  bool const fetched = !options.input.empty() || !options.target.request.version.empty();
  if (fetched) {
    source = source_of(options);
    values::Trouble trouble;
    if (!values::outline(source.text, trouble)) give_up(base::printable(source.name + ", " + values::to_text(trouble)));
    own = base::parse_yaml(source.text).value_or(base::Json());
    defaults = defaults_of_chart(options);
  } else {
    auto release = own_values(options.target.request, options.revision, knowledge_of(options.target), false);
    source.name = release.name;
    own = std::move(release.values);
    defaults = {std::move(release.defaults), "coder " + release.version};
  }
  render::AgainstDefaults const about{values::compared(own, defaults.values, collect::flatten(own), collect::flatten(defaults.values)), source.name, defaults.chart};
  print(options.format == Format::json ? base::to_pretty_text(render::defaults_json(about)) : render::defaults_words(about, look_of(STDOUT_FILENO)));
  return report::fine;
}

}  // namespace

int run(ValuesOptions const& options) {
  clients::Interrupts const interrupts;
  switch (options.what) {
    case ValuesOptions::What::show: return show(options);
    case ValuesOptions::What::migrate: return migrate(options);
    case ValuesOptions::What::diff: break;
  }
  return options.defaults ? diff_to_defaults(options) : diff_of_migration(options);
}

}  // namespace cli
