#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace values {

// Bytes of a text, without `end`.
struct Span {
  std::size_t begin = 0, end = 0;
};

struct Entry;

// A value of a YAML text and where it stands. libyaml finds it: its grammar is that of Helm's reader.
struct Node {
  enum class Kind { scalar, list, map, alias };
  Kind kind = Kind::scalar;
  bool flow = false;   // in braces or brackets
  bool block = false;  // a text after | or >
  Span span;           // with anchor and tag, without comments; empty where nothing is written
  std::string anchor;  // its own, or the one that an alias names
  std::string text;    // of a scalar
  std::vector<Node> items;
  std::vector<Entry> entries;  // in the order of the text
};

struct Entry {
  Node key, value;
};

// What is wrong with a text, and where; both count from 1.
struct Trouble {
  std::string why;
  std::size_t line = 0, column = 0;  // 0: everywhere
};

// The one map that a file of values holds. An empty file is an empty map, with the whole text as its span. Nothing, and what is
// wrong, if it is no YAML, no map, several documents, or has a key twice (Helm takes the last one without a word).
std::optional<Node> outline(std::string_view text, Trouble& trouble);

// "line 3, column 5: why".
std::string to_text(Trouble const&);

// The entry of a map, or nothing.
Entry const* find(Node const& map, std::string_view key);

// The line of this byte, from 1.
std::size_t line_of(std::string_view text, std::size_t at);

}  // namespace values
