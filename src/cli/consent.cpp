#include "cli/consent.h"

#include <cstdio>
#include <optional>

#include <unistd.h>

#include "base/text.h"
#include "clients/terminal.h"

namespace cli {
namespace {

bool has_terminal() { return clients::is_terminal(STDIN_FILENO) && clients::is_terminal(STDERR_FILENO); }

}  // namespace

bool agrees(Target const& target, std::string const& question) {
  static std::optional<bool> answer;
  if (target.yes) return true;
  if (answer) return *answer;
  clients::progress("");
  answer = clients::ask(question);
  return *answer;
}

std::string nobody_to_ask(Target const& target) {
  if (!target.database_via_pod || target.yes || has_terminal()) return "";
  return "--database-via pod creates a pod, and there is no terminal to ask on; --yes agrees to it. Nothing was changed.";
}

void say(std::string const& sentence) {
  clients::progress("");
  std::fprintf(stderr, "helm coder: %s\n", base::printable(sentence).c_str());
}

}  // namespace cli
