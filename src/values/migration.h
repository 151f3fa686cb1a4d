#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/semver.h"
#include "state/knowledge.h"
#include "state/release.h"
#include "state/seen.h"
#include "values/outline.h"

namespace values {

// What was done with one key. No value is in it, so no secret.
struct Change {
  enum class Kind { renamed, removed, emptied, added };
  Kind kind = Kind::renamed;
  std::string from, to;  // one of them is empty where the key is gone or new
  std::string why;       // a sentence
  std::size_t line = 0;  // where `from` stood; 0: nowhere
};

// Why nothing was done.
struct Refusal {
  std::string key, other;  // `other`: the second source of the same value; may be empty
  std::string why;         // a sentence
  std::size_t line = 0, other_line = 0;
};

struct Wanted {
  base::Version target;
  state::Values flat;  // the same values, for the conditions of what is known
  state::Seen<std::set<std::string>> services = state::Unknown{"no cluster was looked at", ""};
};

struct Migration {
  std::string text;               // the new one; the old one where nothing has to change
  std::vector<Change> changes;
  std::vector<std::string> notes;  // sentences: what a person has to see to
  std::vector<Refusal> refusals;   // not empty: `text` is the old one, and `changes` is empty
};

// The values as the chart of the target wants them. Nothing, and what is wrong, if the text is no file of values.
std::optional<Migration> migrate(std::string_view text, Wanted const&, state::Knowledge const&, Trouble& trouble);

}  // namespace values
