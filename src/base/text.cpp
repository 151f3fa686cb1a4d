#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <numeric>
#include <utility>

namespace base {

std::string shell_quoted(std::vector<std::string> const& argv) {
  std::string line;
  for (auto const& word : argv) {
    if (!line.empty()) line += ' ';
    bool const plain = !word.empty() && std::all_of(word.begin(), word.end(), [](char c) {
      return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
             std::string_view("-_./:=@%+,").find(c) != std::string_view::npos;
    });
    if (plain) {
      line += word;
      continue;
    }
    line += '\'';
    for (char c : word) line += c == '\'' ? std::string("'\\''") : std::string(1, c);
    line += '\'';
  }
  return line;
}

std::vector<std::string> split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  for (std::size_t start = 0;;) {
    auto const end = text.find(separator, start);
    parts.emplace_back(text.substr(start, end - start));
    if (end == std::string_view::npos) return parts;
    start = end + 1;
  }
}

std::string join(std::vector<std::string> const& parts, std::string_view separator) {
  std::string text;
  for (auto const& part : parts) {
    if (&part != &parts.front()) text += separator;
    text += part;
  }
  return text;
}

constexpr std::string_view blank = " \t\r\n";

std::string_view trim(std::string_view text) {
  auto const start = text.find_first_not_of(blank);
  if (start == std::string_view::npos) return {};
  return text.substr(start, text.find_last_not_of(blank) - start + 1);
}

bool ends_in_blank(std::string_view text) { return !text.empty() && blank.find(text.back()) != std::string_view::npos; }

std::size_t utf8_size(std::string_view text) {
  auto const byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u; };
  auto const first = byte(0);
  if (text.empty()) return 0;
  if (first < 0x80) return 1;
  std::size_t const size = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
  if (first < 0xc2 || first > 0xf4) return 0;
  for (std::size_t i = 1; i < size; ++i)
    if ((byte(i) & 0xc0) != 0x80) return 0;
  // No longer form than needed, no half of a surrogate pair, nothing above U+10FFFF.
  auto const second = byte(1);
  bool const odd = (first == 0xe0 && second < 0xa0) || (first == 0xed && second > 0x9f) || (first == 0xf0 && second < 0x90) ||
                   (first == 0xf4 && second > 0x8f);
  return odd ? 0 : size;
}

std::string valid_utf8(std::string_view text) {
  std::string valid;
  while (!text.empty()) {
    auto const size = utf8_size(text);
    valid += size > 0 ? text.substr(0, size) : std::string_view("\xef\xbf\xbd");
    text.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return valid;
}

namespace {

// Of more than one byte: the second block of controls, and what turns the direction of writing.
bool steers(std::string_view character) {
  return (character >= "\xc2\x80" && character <= "\xc2\x9f") || (character >= "\xe2\x80\xa8" && character <= "\xe2\x80\xae") ||
         (character >= "\xe2\x81\xa6" && character <= "\xe2\x81\xa9") || character == "\xe2\x80\x8e" || character == "\xe2\x80\x8f";
}

std::string in_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (char c : bytes) {
    auto const byte = static_cast<unsigned char>(c);
    text += "\\x";
    text += digits[byte >> 4];
    text += digits[byte & 15];
  }
  return text;
}

}  // namespace

std::string printable(std::string_view text, bool one_line) {
  std::string safe;
  while (!text.empty()) {
    auto const size = utf8_size(text);
    auto const character = text.substr(0, std::max<std::size_t>(size, 1));
    text.remove_prefix(character.size());
    auto const c = character.front();
    bool const control = size == 1 && (static_cast<unsigned char>(c) < 0x20 || c == 0x7f);
    if (c == '\n' || c == '\t') {
      safe += one_line ? ' ' : c;
    } else if (size == 0 || control || (size > 1 && steers(character))) {
      if (c != '\r') safe += in_hex(character);
    } else {
      safe += character;
    }
  }
  return safe;
}

std::string rough_duration(long seconds) {
  if (seconds < 120) return std::to_string(seconds) + " s";
  if (seconds < 2 * 3600) return std::to_string(seconds / 60) + " min";
  if (seconds < 2 * 86400) return std::to_string(seconds / 3600) + " h";
  return std::to_string(seconds / 86400) + " days";
}

std::string count_of(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t value = 0;
  auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  bool const all = error == std::errc() && end == text.data() + text.size() && !text.starts_with('-');
  return all ? std::optional(value) : std::nullopt;
}

std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      auto const replace = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = std::exchange(row[j], std::min({replace, row[j] + 1, row[j - 1] + 1}));
    }
  }
  return row.back();
}

}  // namespace base
