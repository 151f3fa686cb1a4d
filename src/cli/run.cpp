#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

#include "cli/arguments.h"
#include "cli/commands.h"
#include "clients/helm.h"

namespace cli {
namespace {

bool judges_a_recording(Command const& command) {
  auto const* preflight = std::get_if<PreflightOptions>(&command);
  return preflight && (preflight->example || !preflight->snapshot.empty());
}

// A Helm around us says the namespace. Where we were started without one, Helm is asked; no Helm at all is told later.
void find_name_space(Command& command) {
  auto* target = target_of(command);
  auto const* said = std::getenv("HELM_NAMESPACE");
  if (!target || judges_a_recording(command) || (said && *said)) return;
  auto const helm = clients::Helm::find(nullptr);
  if (auto const found = helm ? helm->name_space() : std::nullopt) target->request.name_space = name_space(*found);
}

}  // namespace

int run(Parsed parsed) {
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
