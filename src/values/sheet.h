#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "values/lines.h"
#include "values/outline.h"
#include "values/splice.h"

namespace values {

// Why a text can't be changed as it should be: a part of a sentence.
struct Refused {
  std::string why;
};

struct Edit {
  Span span;
  std::string text;
  bool lines = false;  // it begins a line
};

// What is on its way from one place to another.
struct Piece {
  std::vector<std::string> above, beside, below;  // comments, without what is before them; `value` has those beside it
  std::string value;    // all that stands behind the key: ": 2  # two", over several lines perhaps
  std::string core;     // only what it is, as it can stand in braces: "2"
  char quote = 0;       // of the key
  std::size_t column = 0;
};

// The entries that lead to a value, and the maps that hold them.
struct Way {
  std::vector<Entry const*> entries;
  std::vector<Node const*> maps;
};

// A text of values with what is known of it, and the changes that it is to get. What can't be done throws Refused.
class Sheet {
 public:
  explicit Sheet(std::string_view text);

  std::string_view text() const { return text_; }
  Lines const& lines() const { return lines_; }
  Node const& root() const { return root_; }
  std::string_view cut(Span span) const { return text_.substr(span.begin, span.end - span.begin); }
  char quote_of(Node const& key) const;  // 0: none
  std::string line_words(std::size_t at) const { return "line " + std::to_string(line_of(text_, at)); }

  Way way(Path const&) const;
  // The deepest map that is there on the way to a key, and how many keys lead to it. What is null counts as an empty map.
  std::pair<Node const*, std::size_t> nearest(Path const&) const;
  void must_stand_alone(Entry const&) const;  // on lines of its own

  void add(Edit edit) { edits_.push_back(std::move(edit)); }
  std::string result();

 private:
  void must_be_open(Node const&, Path const&, std::size_t depth) const;
  bool is_null(Node const&) const;

  std::string_view text_;
  Lines lines_;
  Node root_;
  std::vector<Edit> edits_;
};

std::string quoted(std::string const& key, char quote);

}  // namespace values
