#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <stdexcept>
#include <string>

#include "cli/commands.h"

namespace cli {

int run(Parsed const& parsed) {
  for (auto const& [name, value] : parsed.environment) setenv(name.c_str(), value.c_str(), 1);
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
