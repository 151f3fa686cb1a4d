#include "values/taking.h"

#include <iterator>

#include "base/json.h"
#include "base/text.h"

namespace values {
namespace {

class Taker {
 public:
  explicit Taker(Sheet& sheet) : sheet_(sheet) {}

  Taken take(Way const& way, std::size_t guard, std::string const& keep, bool stays) {
    auto top = way.entries.size() - 1;
    while (top > guard && way.maps[top]->entries.size() == 1) --top;
    bool const emptied = top == 0 && top + 1 < way.entries.size() && way.entries[0]->key.text == keep;
    auto const& entry = *way.entries[top];
    auto piece = piece_of(way, top);
    auto const hole = stays && !way.maps[guard]->flow ? sheet_.lines().with_comments_below(*way.entries[guard]).end : 0;
    if (way.maps[top]->flow) {
      if (stays && top == guard && !emptied) return {piece, hole, Span{entry.key.span.begin, end_of(entry)}};
      if (emptied) sheet_.add({entry.value.span, "{}"});
      else take_from_braces(*way.maps[top], entry);
      return {piece, hole, {}};
    }
    sheet_.must_stand_alone(entry);
    auto region = sheet_.lines().with_comments_below(entry);
    if (emptied) {
      piece.above.erase(piece.above.begin(), piece.above.begin() + own_comments(way, top));
      sheet_.add({{entry.key.span.end, region.end}, ": {}" + sheet_.lines().line_break()});
      return {piece, hole, {}};
    }
    bool const replaced = stays && top == guard;
    if (replaced) piece.above.erase(piece.above.begin(), piece.above.begin() + own_comments(way, top));
    else region.begin = sheet_.lines().first_comment_above(entry, bound(way, top));
    sheet_.add({stays ? region : with_a_blank_line(region), ""});
    return {piece, hole, {}};
  }

 private:
  // Where the comments above an entry can begin.
  std::size_t bound(Way const& way, std::size_t i) const {
    auto const& all = way.maps[i]->entries;
    auto const at = static_cast<std::size_t>(way.entries[i] - all.data());
    if (at > 0) return end_of(all[at - 1]);
    return i > 0 ? way.entries[i - 1]->key.span.end : 0;
  }

  void collect(std::vector<std::string>& into, Span region) const {
    auto found = sheet_.lines().comments(region);
    into.insert(into.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }

  // The comments of a region that are none of the value's texts.
  std::vector<std::string> comments_in(Node const& value, Span region) const {
    std::string text(sheet_.text());
    blot(value, text);
    return Lines(text).comments(region);
  }

  static void blot(Node const& node, std::string& text) {
    for (auto const& item : node.items) blot(item, text);
    for (auto const& entry : node.entries) blot(entry.key, text), blot(entry.value, text);
    if (node.kind != Node::Kind::scalar) return;
    for (auto at = node.span.begin; at < node.span.end; ++at)
      if (text[at] != '\n') text[at] = 'x';
  }

  // A value of several lines as it can stand in braces.
  std::string in_braces(Node const& node) const {
    auto const written = sheet_.cut(node.span);
    auto const mark = node.anchor.empty() || node.kind == Node::Kind::scalar ? "" : "&" + node.anchor + " ";
    std::vector<std::string> parts;
    switch (node.kind) {
      case Node::Kind::alias: return std::string(written);
      case Node::Kind::scalar: return word_in_braces(node, written);
      case Node::Kind::list:
        for (auto const& item : node.items) parts.push_back(in_braces(item));
        return mark + "[" + base::join(parts, ", ") + "]";
      case Node::Kind::map: break;
    }
    for (auto const& entry : node.entries) parts.push_back(in_braces(entry.key) + ": " + in_braces(entry.value));
    return mark + "{" + base::join(parts, ", ") + "}";
  }

  static std::string word_in_braces(Node const& node, std::string_view written) {
    bool const marked = written.starts_with("\"") || written.starts_with("'") || written.starts_with("&") || written.starts_with("!");
    bool const odd = node.block || written.find('\n') != std::string_view::npos || (!marked && written.find_first_of(",[]{}") != std::string_view::npos);
    return odd ? base::to_text(base::Json(node.text)) : std::string(written);
  }

  Piece piece_of(Way const& way, std::size_t top) const {
    auto const& leaf = *way.entries.back();
    Piece piece;
    piece.quote = sheet_.quote_of(leaf.key);
    piece.core = sheet_.cut(leaf.value.span);
    if (way.maps.back()->flow) {
      piece.value = piece.core.empty() ? ":" : ": " + piece.core;
    } else {
      auto const own = sheet_.lines().with_comments_below(leaf);
      piece.value = sheet_.cut({leaf.key.span.end, own.end});
      piece.column = sheet_.lines().column(leaf.key.span.begin);
      bool const lines = leaf.value.kind == Node::Kind::map || leaf.value.kind == Node::Kind::list || leaf.value.block;
      bool const in_lines = lines && !leaf.value.flow;
      piece.beside = comments_in(leaf.value, {in_lines ? leaf.key.span.end : end_of(leaf), own.end});
      if (in_lines) piece.core = in_braces(leaf.value);
    }
    if (way.maps[top]->flow) return piece;
    auto const& first = *way.entries[top];
    collect(piece.above, {sheet_.lines().first_comment_above(first, bound(way, top)), sheet_.lines().start(first.key.span.begin)});
    for (auto i = top; i + 1 < way.entries.size() && !way.maps[i + 1]->flow; ++i)
      collect(piece.above, {way.entries[i]->key.span.end, sheet_.lines().start(way.entries[i + 1]->key.span.begin)});
    auto const behind = way.maps.back()->flow ? end_of(first) : sheet_.lines().with_comments_below(leaf).end;
    collect(piece.below, {behind, sheet_.lines().with_comments_below(first).end});
    return piece;
  }

  void take_from_braces(Node const& map, Entry const& entry) {
    auto const& all = map.entries;
    auto const at = static_cast<std::size_t>(&entry - all.data());
    if (at + 1 < all.size()) {
      sheet_.add({{entry.key.span.begin, all[at + 1].key.span.begin}, ""});
    } else {
      sheet_.add({{at > 0 ? end_of(all[at - 1]) : entry.key.span.begin, end_of(entry)}, ""});
    }
  }

  // Whole lines, and one of two empty lines that would then follow each other.
  Span with_a_blank_line(Span region) const {
    bool const blank_before = region.begin == 0 || sheet_.lines().end(sheet_.lines().start(region.begin - 1)) == sheet_.lines().start(region.begin - 1);
    bool const blank_after = region.end < sheet_.text().size() && sheet_.lines().end(region.end) == region.end;
    if (blank_before && blank_after) region.end = sheet_.lines().next(region.end);
    return region;
  }

  std::ptrdiff_t own_comments(Way const& way, std::size_t top) const {
    auto const& first = *way.entries[top];
    Span const above{sheet_.lines().first_comment_above(first, bound(way, top)), sheet_.lines().start(first.key.span.begin)};
    return static_cast<std::ptrdiff_t>(sheet_.lines().comments(above).size());
  }

  Sheet& sheet_;
};

}  // namespace

Taken take(Sheet& sheet, Way const& way, std::size_t guard, std::string const& keep, bool stays) {
  return Taker(sheet).take(way, guard, keep, stays);
}

}  // namespace values
