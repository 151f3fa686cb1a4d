#include "base/secrecy.h"

#include <algorithm>
#include <string>

namespace base {
namespace {

// Anywhere in a name.
constexpr std::string_view parts[] = {"password", "passwd", "passphrase", "token",  "secret", "license",
                                      "credential", "private", "apikey",  "auth",   "bearer", "cookie"};
// As a whole word of it.
constexpr std::string_view words[] = {"key", "keys", "pass", "pw", "pwd", "dsn", "jwt", "sas"};

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
char lower(char c) { return is_upper(c) ? static_cast<char>(c + 32) : c; }

std::string lowered(std::string_view text) {
  std::string low(text);
  std::transform(low.begin(), low.end(), low.begin(), lower);
  return low;
}

// "signingKey" and "SIGNING_KEY" have the word "key", "monkey" does not.
bool has_word(std::string_view name) {
  std::string word;
  auto const is_one = [&] { return std::find(std::begin(words), std::end(words), word) != std::end(words); };
  for (std::size_t i = 0; i < name.size(); ++i) {
    bool const begins = i > 0 && is_upper(name[i]) && is_lower(name[i - 1]);
    bool const inside = is_upper(name[i]) || is_lower(name[i]) || is_digit(name[i]);
    if (begins || !inside) {
      if (is_one()) return true;
      word.clear();
    }
    if (inside) word += lower(name[i]);
  }
  return is_one();
}

bool is_part_of_a_name(char c) { return is_upper(c) || is_lower(c) || is_digit(c) || c == '_' || c == '-' || c == '.'; }

// scheme://user:password@host
bool has_login(std::string_view text) {
  for (auto at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    auto const authority = text.substr(at + 3, text.find_first_of("/?# \t\n\"'", at + 3) - (at + 3));
    auto const sign = authority.rfind('@');
    if (sign != std::string_view::npos && authority.substr(0, sign).find(':') != std::string_view::npos) return true;
  }
  return false;
}

// The name that stands before `end`, with what may be between: blanks and a quotation mark.
std::string_view name_before(std::string_view text, std::size_t end) {
  while (end > 0 && std::string_view(" \t\"'\\").find(text[end - 1]) != std::string_view::npos) --end;
  auto start = end;
  while (start > 0 && is_part_of_a_name(text[start - 1])) --start;
  return text.substr(start, end - start);
}

}  // namespace

bool names_a_secret(std::string_view name) {
  auto const low = lowered(name);
  return std::any_of(std::begin(parts), std::end(parts), [&](auto part) { return low.find(part) != std::string::npos; }) ||
         has_word(name);
}

bool carries_a_secret(std::string_view text) {
  if (text.find("PRIVATE KEY") != std::string_view::npos || has_login(text)) return true;
  for (auto at = text.find_first_of("=:"); at != std::string_view::npos; at = text.find_first_of("=:", at + 1))
    if (names_a_secret(name_before(text, at))) return true;
  return false;
}

}  // namespace base
