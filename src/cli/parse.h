#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "cli/options.h"
#include "settings/settings.h"

namespace cli {

// The words after the program's name as a command. Flags win over `settings`.
Parsed parse(std::vector<std::string> const& words, settings::Settings const& settings);

// " Did you mean X?" where one of the candidates is near enough to be a slip of the hand, else nothing.
std::string did_you_mean(std::string_view word, std::vector<std::string> const& candidates);

}  // namespace cli
