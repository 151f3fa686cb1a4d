#pragma once

#include <string>

#include "settings/settings.h"

namespace settings {

// What the configuration file says, put into the settings; `timeout` only where none is set yet. Nothing, or in one sentence
// with file and line why it can't be used. `must_exist`: somebody named it.
std::string read_file(std::string const& path, bool must_exist, Settings&);

}  // namespace settings
