#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/semver.h"
#include "state/knowledge.h"

// One reader for each file of checks/knowledge. Each adds to what is known, and returns what is wrong, with its place
// ("lines, entry 3: …"); empty if all is in order.
namespace checks::reading {

std::string releases(base::Json const&, state::Knowledge&);
std::string keys(base::Json const&, state::Knowledge&);
std::string kubernetes(base::Json const&, state::Knowledge&);
std::string stops(base::Json const&, state::Knowledge&);
std::string changes(base::Json const&, state::Knowledge&);
std::string providers(base::Json const&, state::Knowledge&);

// Every entry of a list, which must not be empty, and each of which needs a source. `add` says what is wrong with one.
template <class Add>
std::string each(base::Json const& file, std::string_view list, Add add) {
  auto const& entries = file[list].items();
  if (entries.empty()) return "the list \"" + std::string(list) + "\" is empty or missing";
  for (std::size_t i = 0; i < entries.size(); ++i) {
    auto wrong = add(entries[i]);
    if (wrong.empty() && entries[i]["source"].str().empty()) wrong = "it has no source";
    if (!wrong.empty()) return std::string(list) + ", entry " + std::to_string(i + 1) + ": " + wrong;
  }
  return "";
}

inline bool is_version(base::Json const& text) { return base::parse_version(text.str()).has_value(); }

// A key that may be left out, but says a version if it is there.
inline bool may_be_version(base::Json const& text) { return text.is_null() || is_version(text); }

}  // namespace checks::reading
