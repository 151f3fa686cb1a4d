#include "cli/consent.h"

#include <cstdio>
#include <map>

#include <unistd.h>

#include "base/text.h"
#include "clients/terminal.h"

namespace cli {
namespace {

bool has_terminal() { return clients::is_terminal(STDIN_FILENO) && clients::is_terminal(STDERR_FILENO); }

}  // namespace

bool agrees(bool yes, std::string const& question) {
  static std::map<std::string, bool> answers;
  auto const line = question.substr(0, question.find('\n'));
  if (!yes && !answers.contains(line)) {
    clients::progress("");
    answers[line] = clients::ask(question);
  }
  bool const agreed = yes || answers[line];
  if (agreed) clients::progress("a pod does its work in the cluster …");
  return agreed;
}

std::string nobody_to_ask(Target const& target) {
  auto const flag = target.database_via_pod ? "--database-via pod" : "--pull-images";
  if ((!target.database_via_pod && !target.request.pull_images) || target.yes || has_terminal()) return "";
  return std::string(flag) + " creates a pod, and there is no terminal to ask on; --yes agrees to it. Nothing was changed.";
}

void say(std::string const& sentence) {
  clients::progress("");
  std::fprintf(stderr, "helm coder: %s\n", base::printable(sentence).c_str());
}

}  // namespace cli
