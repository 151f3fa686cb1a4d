#pragma once

#include <span>
#include <string>
#include <vector>

#include "cli/flags.h"

namespace CLI {
class App;
}

namespace cli {

// What CLI11 collected for one command. A name is that of a positional or a long flag.
class Given {
 public:
  explicit Given(CLI::App const& app) : app_(app) {}

  std::vector<std::string> all(std::string const& name) const;
  std::string last(std::string const& name) const;  // empty if there is none
  bool has(std::string const& name) const;
  bool on(std::string const& name) const;  // a switch; --name=false turns it off
  std::vector<std::string> for_helm(std::span<HelmFlag const> flags) const;

 private:
  CLI::App const& app_;
};

}  // namespace cli
