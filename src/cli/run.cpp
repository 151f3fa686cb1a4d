#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <map>
#include <stdexcept>
#include <string>

#include <unistd.h>

#include "base/text.h"
#include "checks/knowledge.h"
#include "cli/arguments.h"
#include "cli/commands.h"
#include "cli/consent.h"
#include "clients/folder.h"
#include "clients/helm.h"
#include "collect/coder.h"

namespace cli {
namespace {

constexpr std::size_t most_knowledge = 4u << 20;  // of one file; ours have 10 KiB

// No Helm and no cluster is asked.
bool is_offline(Command const& command) {
  if (auto const* plan = std::get_if<PlanOptions>(&command)) return !plan->from.empty();
  if (auto const* values = std::get_if<ValuesOptions>(&command)) return !values->input.empty();
  auto const* preflight = std::get_if<PreflightOptions>(&command);
  return preflight && (preflight->example || !preflight->snapshot.empty());
}

// A Helm around us says the namespace. Where we were started without one, Helm is asked; no Helm at all is told later.
void find_name_space(Command& command) {
  auto* target = target_of(command);
  auto const* said = std::getenv("HELM_NAMESPACE");
  if (!target || is_offline(command) || (said && *said)) return;
  auto const helm = clients::Helm::find(nullptr);
  if (auto const found = helm ? helm->name_space() : std::nullopt) target->request.name_space = name_space(*found);
}

// Files that are named like those that are built in take their place.
state::Knowledge read_knowledge(std::string const& folder) {
  auto const unusable = "the knowledge in " + base::printable(folder) + " can't be used: ";
  std::map<std::string, std::string> texts;
  std::string why;
  for (auto const& name : checks::knowledge_files()) {
    auto const path = folder + "/" + name;
    std::error_code error;
    if (!std::filesystem::exists(path, error) && !error) continue;
    auto text = clients::read_file(path, &why, most_knowledge);
    if (!text) throw std::invalid_argument(unusable + base::printable(why));
    texts[name] = std::move(*text);
  }
  if (texts.empty()) throw std::invalid_argument(unusable + "none of " + base::join(checks::knowledge_files(), ", ") + " is there");
  auto known = checks::read_knowledge(texts, &why);
  if (!known) throw std::invalid_argument(unusable + base::printable(why));
  return std::move(*known);
}

// A name that was mistyped is told before anything is asked; what stands in the file is for whoever reads it.
void must_be_there(Named const& named) {
  auto const what = named.flag + " " + base::shell_quoted({base::printable(named.path)});
  std::string const kind = named.folder ? "folder" : "file";
  std::error_code error;
  auto const status = std::filesystem::status(named.path, error);
  std::string why;
  if (named.path.empty()) why = "names no " + kind;
  else if (!std::filesystem::exists(status)) why = "names a " + kind + " that " + (status.type() == std::filesystem::file_type::not_found ? "is not there" : "can't be reached: " + error.message());
  else if (std::filesystem::is_directory(status) != named.folder) why = named.folder ? "names a file, and has to name a folder" : "names a folder, and has to name a file";
  else if (access(named.path.c_str(), named.folder ? R_OK | X_OK : R_OK) != 0) why = "names a " + kind + " that can't be read: " + std::strerror(errno);
  if (!why.empty()) throw std::invalid_argument(what + " " + why + "; correct the path, or leave the flag out");
}

// A token that can't be used would leave nine checks without an answer.
void must_hold_a_token(std::string const& file) {
  auto const token = collect::coder_token(file);
  if (auto const* unknown = std::get_if<state::Unknown>(&token))
    throw std::invalid_argument(unknown->why + "; write the token of a site manager into it (coder tokens create helm-coder)");
}

void read_what_is_named(Target& target) {
  for (auto const& each : target.named) must_be_there(each);
  if (!target.coder_token_file.empty()) must_hold_a_token(target.coder_token_file);
  if (!target.knowledge_folder.empty()) target.knowledge = read_knowledge(target.knowledge_folder);
}

}  // namespace

int run(Parsed parsed) {
  auto* about = target_of(parsed.command);
  try {
    if (about) read_what_is_named(*about);
  } catch (std::invalid_argument const& error) {
    return run(Misuse{error.what(), ""});
  }
  if (auto const sentence = about && !is_offline(parsed.command) ? nobody_to_ask(*about) : ""; !sentence.empty()) return run(Misuse{sentence, ""});
  for (auto const& [name, value] : parsed.environment) setenv(name.c_str(), value.c_str(), 1);
  find_name_space(parsed.command);
  return std::visit([](auto const& options) { return run(options); }, parsed.command);
}

int run(Help const& help) {
  print(help.text);
  return report::fine;
}

int run(Misuse const& misuse) {
  auto const command = misuse.command.empty() ? "" : misuse.command + " ";
  std::fprintf(stderr, "helm coder: %s\n(helm coder %s--help tells more)\n", misuse.sentence.c_str(), command.c_str());
  return report::wrong_usage;
}

void print(std::string_view text) {
  auto const written = std::fwrite(text.data(), 1, text.size(), stdout);
  if (written != text.size() || std::fflush(stdout) != 0)
    throw std::runtime_error(std::string("the result could not be written: ") + std::strerror(errno));
}

}  // namespace cli
