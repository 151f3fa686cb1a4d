#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "state/request.h"

namespace report {

// A remedy that can be run as printed. The namespace and context that were given are added when it is printed.
struct Command {
  std::vector<std::string> argv;  // {"helm", "coder", …}, {"kubectl", …} or {"helm", …}
};

// A remedy that no single command performs: one sentence with its period.
struct Advice {
  std::string sentence;
};

using Remedy = std::variant<Advice, Command>;

struct Finding {
  std::string object;   // "Service/d", or what else it is about; may be empty
  std::string field;    // "spec.clusterIPs[0]"; may be empty
  std::string message;  // what is wrong, with the server's or Helm's own words where they exist
  Remedy remedy;
};

// Something that the check could not see.
struct Unverified {
  std::string object;
  std::string why;   // why it could not be seen
  std::string tell;  // what would let us see it: a sentence, or a command; may be empty
};

// All empty: the check passes.
struct Outcome {
  std::vector<Finding> findings = {};
  std::vector<Unverified> unverified = {};
  std::vector<Unverified> not_asked = {};  // looked at only if a person asks for it, and none did
};

enum class Severity { error, warning };

// `helm coder ARGS…` as the remedies name it.
Command helm_coder(std::vector<std::string> arguments);

// The words to print: the command with the -n and --kube-context (kubectl: --context) that the person gave, and a command
// of ours with the release and chart where they are not the usual ones.
std::vector<std::string> words(Command const&, state::Request const&);

}  // namespace report
