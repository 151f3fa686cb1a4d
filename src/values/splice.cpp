#include "values/splice.h"

#include <algorithm>
#include <optional>

#include "base/json.h"
#include "values/putting.h"
#include "values/sheet.h"
#include "values/taking.h"

namespace values {
namespace {

// A text without quotation marks, where it is a word that YAML takes for nothing else.
std::string plain(std::string const& json) {
auto const word = json.size() > 2 && json.front() == '"' ? json.substr(1, json.size() - 2) : "";
bool const letters = std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
auto const read = letters && !word.empty() ? base::parse_yaml(word) : std::nullopt;
return read && read->is_string() ? word : json;
}

void rename(Sheet& sheet, Node const& key, std::string const& name) {
  if (!key.anchor.empty()) throw Refused{"the key in " + sheet.line_words(key.span.begin) + " has an anchor"};
  sheet.add({key.span, quoted(name, sheet.quote_of(key))});
}

void move(Sheet& sheet, Path const& from, Path const& to, std::string const& keep) {
  auto const source = sheet.way(from);
  auto const [goal, depth] = sheet.nearest(to);
  bool const beside = depth + 1 == to.size() && from.size() == to.size() && source.maps.back() == goal;
  if (beside && from.back() != keep) return rename(sheet, source.entries.back()->key, to.back());
  auto const at = std::find(source.maps.begin(), source.maps.end(), goal);
  bool const above = at != source.maps.end();
  auto const guard = above ? static_cast<std::size_t>(at - source.maps.begin()) : 0u;
  auto const [piece, hole, place] = take(sheet, source, guard, keep, above);
  std::vector<std::string> const rest(to.begin() + static_cast<std::ptrdiff_t>(depth), to.end());
  if (place) sheet.add({*place, inline_words(rest, piece, piece.quote)});
  else if (above && !goal->flow) insert_lines(sheet, hole, sheet.lines().column(goal->entries.front().key.span.begin), rest, piece);
  else paste(sheet, to, depth, *goal, piece);
}

void place(Sheet& sheet, Path const& to, std::string const& json) {
  auto const [goal, depth] = sheet.nearest(to);
  Piece piece;
  if (!sheet.root().entries.empty()) piece.quote = sheet.quote_of(sheet.root().entries.back().key);
  piece.core = piece.quote == '"' ? json : plain(json);
  piece.value = ": " + piece.core;
  paste(sheet, to, depth, *goal, piece);
}

template <class Change>
Spliced spliced(std::string_view text, Change change) {
  try {
    Sheet sheet(text);
    change(sheet);
    return {sheet.result(), ""};
  } catch (Refused const& refused) {
    return {"", refused.why};
  }
}

}  // namespace

Spliced removed(std::string_view text, Path const& from, std::string const& keep) {
  return spliced(text, [&](Sheet& sheet) { take(sheet, sheet.way(from), 0, keep, false); });
}

Spliced moved(std::string_view text, Path const& from, Path const& to, std::string const& keep) {
  return spliced(text, [&](Sheet& sheet) { move(sheet, from, to, keep); });
}

Spliced put(std::string_view text, Path const& to, std::string const& json) {
  return spliced(text, [&](Sheet& sheet) { place(sheet, to, json); });
}

}  // namespace values
