#include "cli/given.h"

#include <CLI/CLI.hpp>

#include "cli/arguments.h"

namespace cli {

std::vector<std::string> Given::all(std::string const& name) const {
  auto const* option = app_.get_option_no_throw(name);
  return option ? option->results() : std::vector<std::string>();
}

std::string Given::last(std::string const& name) const {
  auto const words = all(name);
  return words.empty() ? "" : words.back();
}

bool Given::has(std::string const& name) const { return !all(name).empty(); }
bool Given::on(std::string const& name) const { return has(name) && switched_on(name, last(name)); }

std::vector<std::string> Given::for_helm(std::span<HelmFlag const> flags) const {
  std::vector<std::string> words;
  for (auto const& flag : flags) {
    if (!flag.takes_value && has(flag.word)) words.push_back(on(flag.word) ? flag.word : std::string(flag.word) + "=false");
    if (flag.takes_value)
      for (auto const& value : all(flag.word)) words.insert(words.end(), {flag.word, value});
  }
  return words;
}

}  // namespace cli
