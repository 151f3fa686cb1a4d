#include "cli/parse.h"

#include <algorithm>
#include <stdexcept>

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "cli/arguments.h"
#include "cli/command.h"
#include "cli/flags.h"
#include "cli/given.h"
#include "cli/grammar.h"

// CLI11 is known here, in grammar.cpp and in given.cpp only.
namespace cli {
namespace {

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

Parsed read(CLI::App const& program, CLI::App const* app, settings::Settings settings, std::vector<std::string> const& rest) {
  Given const everywhere(program);
  if (!app && everywhere.on("--version")) return {VersionOptions{}};
  if (!app) return {Misuse{"a command is missing; preflight is a good start", ""}};
  if (everywhere.has("--config")) settings = settings::load(everywhere.last("--config"));
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
  bool const takes_no_flags = std::holds_alternative<PlanOptions>(parsed.command) || std::holds_alternative<ValuesOptions>(parsed.command);
  auto* about_release = takes_no_flags ? nullptr : target_of(parsed.command);
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
  CLI::App program("", "helm coder");
  describe(program);
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
