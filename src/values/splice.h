#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace values {

using Path = std::vector<std::string>;  // of keys, from the top

// A text after a change of it, or why it can't be changed that way. Whoever asks for a change reads the new text and compares.
struct Spliced {
  std::string text;
  std::string why;  // a part of a sentence: "coderd is written in braces, where …"; empty: it is done
};

// Each changes one key of a text of YAML and leaves every other byte as it is. Comments directly above a key, behind it, and
// deeper than it below it belong to it; those with which the text begins belong to nobody. A branch that loses its last key
// goes too, but for the one called `keep`, which becomes {}.
Spliced removed(std::string_view text, Path const& from, std::string const& keep = {});

// Nothing may be there yet. Branches that `to` needs are made.
Spliced moved(std::string_view text, Path const& from, Path const& to, std::string const& keep = {});

// Puts a value, one word of JSON, under a key that is not there yet.
Spliced put(std::string_view text, Path const& to, std::string const& json);

}  // namespace values
