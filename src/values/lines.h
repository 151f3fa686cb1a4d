#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "values/outline.h"

namespace values {

// What the lines of a text say about who owns them.
class Lines {
 public:
  explicit Lines(std::string_view text);

  std::size_t start(std::size_t at) const;  // of the line of this byte
  std::size_t end(std::size_t at) const;    // of that line, without its line break
  std::size_t next(std::size_t at) const;   // where the next one starts
  std::size_t column(std::size_t at) const { return at - start(at); }
  bool begins_line(std::size_t at) const;   // nothing but blanks stands before it
  std::string const& line_break() const { return break_; }

  // Whole lines: an entry of a map that is not in braces, with what belongs to it.
  Span with_comments_below(Entry const&) const;
  // The first of the comment lines directly above, which lie behind `bound`; its own line if there are none.
  std::size_t first_comment_above(Entry const&, std::size_t bound) const;
  // The comments of a region, without what is before them, and without those of `inner`.
  std::vector<std::string> comments(Span region) const;

 private:
  bool is_comment(std::size_t at, std::size_t& column) const;
  std::string_view text_;
  std::string break_;
};

// Where a value ends, or its key where no value is written.
std::size_t end_of(Entry const&);

// How a block of lines looks with its first line where it is, and the others by so many columns further to the right.
std::string shifted(std::string_view block, long columns);

}  // namespace values
