#include "values/lines.h"

#include <algorithm>

#include "base/text.h"

namespace values {

Lines::Lines(std::string_view text) : text_(text) {
  auto const first = text.find('\n');
  break_ = first != std::string_view::npos && first > 0 && text[first - 1] == '\r' ? "\r\n" : "\n";
}

std::size_t Lines::start(std::size_t at) const {
  if (at == 0) return 0;
  auto const before = text_.rfind('\n', at - 1);
  if (before != std::string_view::npos) return before + 1;
  return text_.starts_with("\xef\xbb\xbf") && at >= 3 ? 3 : 0;
}

std::size_t Lines::end(std::size_t at) const {
  auto const found = text_.find('\n', at);
  if (found == std::string_view::npos) return text_.size();
  return found > at && text_[found - 1] == '\r' ? found - 1 : found;
}

std::size_t Lines::next(std::size_t at) const {
  auto const found = text_.find('\n', at);
  return found == std::string_view::npos ? text_.size() : found + 1;
}

bool Lines::begins_line(std::size_t at) const {
  auto const before = text_.substr(start(at), column(at));
  return before.find_first_not_of(' ') == std::string_view::npos;
}

bool Lines::is_comment(std::size_t at, std::size_t& column) const {
  auto const line = text_.substr(at, end(at) - at);
  column = line.find_first_not_of(" \t");
  return column != std::string_view::npos && line[column] == '#';
}

Span Lines::with_comments_below(Entry const& entry) const {
  auto const own = column(entry.key.span.begin);
  Span span{start(entry.key.span.begin), next(end_of(entry))};
  for (std::size_t column = 0; span.end < text_.size() && is_comment(span.end, column) && column > own;) span.end = next(span.end);
  return span;
}

std::size_t Lines::first_comment_above(Entry const& entry, std::size_t bound) const {
  auto const own = column(entry.key.span.begin), line = start(entry.key.span.begin);
  auto first = line;
  for (std::size_t column = 0; first > 0;) {
    auto const above = start(first - 1);
    if (above < bound || above >= first || !is_comment(above, column) || column != own) break;
    first = above;
  }
  bool const begins_text = base::trim(text_.substr(0, first)).empty() || text_.substr(0, first) == "\xef\xbb\xbf";
  return begins_text ? line : first;
}

std::vector<std::string> Lines::comments(Span region) const {
  std::vector<std::string> found;
  for (auto at = region.begin; at < region.end; at = next(at)) {
    auto const line = base::trim(text_.substr(at, std::min(end(at), region.end) - at));
    auto const sign = line.starts_with("#") ? 0 : line.find(" #") == std::string_view::npos ? line.find("\t#") : line.find(" #");
    if (sign != std::string_view::npos) found.emplace_back(base::trim(line.substr(sign)));
  }
  return found;
}

std::size_t end_of(Entry const& entry) { return std::max(entry.key.span.end, entry.value.span.end); }

std::string shifted(std::string_view block, long columns) {
  std::string out;
  for (std::size_t at = 0; at < block.size();) {
    auto const next = std::min(block.find('\n', at), block.size() - 1) + 1;
    auto line = block.substr(at, next - at);
    auto const blanks = std::min(line.find_first_not_of(' '), line.size());
    bool const moves = at > 0 && !base::trim(line).empty();
    if (moves && columns > 0) out.append(static_cast<std::size_t>(columns), ' ');
    if (moves && columns < 0) line.remove_prefix(std::min(blanks, static_cast<std::size_t>(-columns)));
    out += line;
    at = next;
  }
  return out;
}

}  // namespace values
