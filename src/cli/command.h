#pragma once

#include <string>

#include "cli/given.h"
#include "cli/options.h"
#include "settings/settings.h"

namespace cli {

// What the command `name` is to do. Throws std::invalid_argument with a sentence for a word that can't be meant.
Command command(std::string const& name, Given const& given, settings::Settings const& settings);

}  // namespace cli
