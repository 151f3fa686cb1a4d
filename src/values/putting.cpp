#include "values/putting.h"

#include <algorithm>

namespace values {
namespace {

class Putter {
 public:
  explicit Putter(Sheet& sheet) : sheet_(sheet) {}

  void insert_lines(std::size_t at, std::size_t column, std::vector<std::string> const& keys, Piece const& piece) {
    auto const& line_break = sheet_.lines().line_break();
    std::string out;
    auto const put_line = [&](std::string const& line) { out += std::string(column, ' ') + line + line_break; };
    for (std::size_t i = 0; i + 1 < keys.size(); ++i, column += step()) put_line(quoted(keys[i], piece.quote) + ":");
    for (auto const& comment : piece.above) put_line(comment);
    auto const value = shifted(piece.value, static_cast<long>(column) - static_cast<long>(piece.column));
    out += std::string(column, ' ') + quoted(keys.back(), piece.quote) + value;
    if (!out.ends_with('\n')) out += line_break;
    for (auto const& comment : piece.below) put_line(comment);
    sheet_.add({{at, at}, out, true});
  }

  void paste(Path const& to, std::size_t depth, Node const& goal, std::vector<std::string> const& keys, Piece const& piece) {
    bool const empty = goal.entries.empty();
    if (goal.flow && !(empty && depth > 0)) return insert_into_braces(goal, keys, piece);
    if (!empty) return insert_lines(sheet_.lines().with_comments_below(goal.entries.back()).end, sheet_.lines().column(goal.entries.front().key.span.begin), keys, piece);
    if (depth == 0) return insert_lines(sheet_.text().size(), 0, keys, piece);
    auto const holder = sheet_.way({to.begin(), to.begin() + static_cast<std::ptrdiff_t>(depth)});
    auto const& entry = *holder.entries.back();
    if (holder.maps.back()->flow) return fill_braces(goal, keys, piece);
    if (!goal.anchor.empty()) throw Refused{"other parts of the file refer to &" + goal.anchor};
    sheet_.must_stand_alone(entry);
    auto blanks = goal.span.begin;
    while (blanks > entry.key.span.end && sheet_.text()[blanks - 1] == ' ') --blanks;
    sheet_.add({{blanks, goal.span.end}, ""});
    insert_lines(sheet_.lines().with_comments_below(entry).end, sheet_.lines().column(entry.key.span.begin) + step(), keys, piece);
  }

 private:
  std::size_t step() const {
    for (auto const& entry : sheet_.root().entries)
      if (entry.value.kind == Node::Kind::map && !entry.value.flow && !entry.value.entries.empty())
        if (auto const column = sheet_.lines().column(entry.value.entries.front().key.span.begin); column > 0 && column <= 8) return column;
    return 2;
  }

  // Comments do not go into braces: they stand above the line then.
  void prepare_braces(Node const& goal, Piece const& piece) {
    auto const line = sheet_.lines().start(goal.span.begin);
    auto const column = std::min(sheet_.text().find_first_not_of(' ', line), sheet_.text().size()) - line;
    std::string out;
    for (auto const* comments : {&piece.above, &piece.beside, &piece.below})
      for (auto const& comment : *comments) out += std::string(column, ' ') + comment + sheet_.lines().line_break();
    if (!out.empty()) sheet_.add({{line, line}, out, true});
  }

  void fill_braces(Node const& goal, std::vector<std::string> const& keys, Piece const& piece) {
    prepare_braces(goal, piece);
    sheet_.add({goal.span, (goal.span.begin == goal.span.end ? " {" : "{") + inline_words(keys, piece, piece.quote) + "}"});
  }

  void insert_into_braces(Node const& goal, std::vector<std::string> const& keys, Piece const& piece) {
    if (goal.entries.empty()) return fill_braces(goal, keys, piece);
    prepare_braces(goal, piece);
    auto const& last = goal.entries.back();
    auto const words = inline_words(keys, piece, sheet_.quote_of(last.key));
    bool const own_line = sheet_.lines().begins_line(last.key.span.begin);
    auto separator = own_line ? "," + sheet_.lines().line_break() + std::string(sheet_.lines().column(last.key.span.begin), ' ') : std::string(", ");
    sheet_.add({{end_of(last), end_of(last)}, separator + words});
  }

  Sheet& sheet_;
};

}  // namespace

std::string inline_words(std::vector<std::string> const& keys, Piece const& piece, char quote) {
  auto words = quoted(keys.back(), quote) + ": " + piece.core;
  for (auto i = keys.size() - 1; i-- > 0;) words = quoted(keys[i], quote) + ": {" + words + "}";
  return words;
}

void insert_lines(Sheet& sheet, std::size_t at, std::size_t column, std::vector<std::string> const& keys, Piece const& piece) {
  Putter(sheet).insert_lines(at, column, keys, piece);
}

void paste(Sheet& sheet, Path const& to, std::size_t depth, Node const& goal, Piece const& piece) {
  Putter(sheet).paste(to, depth, goal, {to.begin() + static_cast<std::ptrdiff_t>(depth), to.end()}, piece);
}

}  // namespace values
