#pragma once

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>

#include "cli/commands.h"
#include "cli/parse.h"

// The main function of a program of the tests that takes the words of `preflight`: hands what they say to `work`, and gives
// the exit code. `name`: of the program.
inline int with_preflight_words(char const* name, int count, char** words, void (*work)(cli::Target const&)) {
  try {
    std::vector<std::string> all = {"preflight"};
    all.insert(all.end(), words + 1, words + count);
    auto const parsed = cli::parse(all, settings::load());
    auto const* options = std::get_if<cli::PreflightOptions>(&parsed.command);
    if (!options) throw std::runtime_error("these are no words that preflight takes");
    for (auto const& [variable, value] : parsed.environment) setenv(variable.c_str(), value.c_str(), 1);
    work(options->target);
    return 0;
  } catch (std::exception const& error) {
    std::fprintf(stderr, "%s: %s\n", name, error.what());
    return 1;
  }
}
