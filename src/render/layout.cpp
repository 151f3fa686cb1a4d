#include "render/layout.h"

#include <algorithm>

#include "base/text.h"

namespace render {

std::size_t columns_of(std::string_view text) {
  auto const starts = [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), starts));
}

std::string padded(std::string_view text, std::size_t columns) {
  auto const width = columns_of(text);
  return std::string(text) + std::string(columns > width ? columns - width : 0, ' ');
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines(1);
  for (auto const& word : base::split(text, ' ')) {
    auto const blank = lines.back().empty() ? 0u : 1u;
    if (blank > 0 && columns_of(lines.back()) + blank + columns_of(word) > columns) lines.emplace_back();
    if (!lines.back().empty() && !word.empty()) lines.back() += ' ';
    lines.back() += word;
  }
  return lines;
}

std::string hanging(std::vector<std::string> const& lines, std::size_t indent) {
  return base::join(lines, "\n" + std::string(indent, ' '));
}

}  // namespace render
