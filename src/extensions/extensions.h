#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "report/report.h"
#include "state/state.h"

// Checks that other people wrote, in any language: executables that are asked for `metadata` and then to `check` the state.
// docs/write-a-check.md tells how. They are not trusted: what they print is read as any other text from outside.
namespace extensions {

struct Limits {
  std::chrono::milliseconds time{10'000};  // for each call
  std::size_t output = 1u << 20;           // bytes
};

struct Found {
  std::vector<std::string> executables;   // absolute paths, by name of the file
  std::vector<report::Finding> troubles;  // folders that can't be read
};

// The executables in these folders, files that begin with a dot left out. A folder of `asked` must be there.
Found find(std::vector<std::string> const& usual, std::vector<std::string> const& asked);

// Whether this may be the code of somebody's own check: ABC123.
bool is_code(std::string_view);

// Runs all side by side: one line (HC701) that names those that do not do their work, and one for each that answers,
// ascending by code. `ignored`: what is accepted of what they find. No line at all where nothing was found.
std::vector<report::Line> run(Found const&, state::State const&, std::vector<report::Ignore> const& ignored, Limits const& limits = {});

// The page of HC701.
extern std::string_view const own_checks_page;

}  // namespace extensions
