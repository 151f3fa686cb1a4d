#include "base/semver.h"

#include <algorithm>
#include <charconv>
#include <regex>

namespace base {
namespace {

// Identifiers of a pre-release: numbers by value and before words, words by bytes, and the shorter list first.
std::strong_ordering compare_identifier(std::string_view a, std::string_view b) {
  auto const numeric = [](std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (numeric(a) && numeric(b)) return a.size() != b.size() ? a.size() <=> b.size() : a.compare(b) <=> 0;
  if (numeric(a) != numeric(b)) return numeric(a) ? std::strong_ordering::less : std::strong_ordering::greater;
  return a.compare(b) <=> 0;
}

std::string_view next_identifier(std::string_view& rest) {
  auto const dot = rest.find('.');
  auto const word = rest.substr(0, dot);
  rest = dot == std::string_view::npos ? std::string_view() : rest.substr(dot + 1);
  return word;
}

std::strong_ordering compare_pre(std::string_view a, std::string_view b) {
  if (a.empty() || b.empty()) return a.empty() <=> b.empty();  // a release comes after its pre-releases
  while (!a.empty() && !b.empty()) {
    auto const order = compare_identifier(next_identifier(a), next_identifier(b));
    if (order != 0) return order;
  }
  return a.size() <=> b.size();
}

}  // namespace

std::strong_ordering Version::operator<=>(Version const& other) const {
  if (auto const order = major <=> other.major; order != 0) return order;
  if (auto const order = minor <=> other.minor; order != 0) return order;
  if (auto const order = patch <=> other.patch; order != 0) return order;
  return compare_pre(pre, other.pre);
}

std::optional<Version> parse_version(std::string_view text) {
  static std::regex const shape(
      "v?([0-9]{1,9})(?:\\.([0-9]{1,9}))?(?:\\.([0-9]{1,9}))?(?:-([0-9A-Za-z.-]+))?(?:\\+[0-9A-Za-z.-]+)?");
  std::match_results<std::string_view::const_iterator> part;
  if (text.size() > 256 || !std::regex_match(text.begin(), text.end(), part, shape)) return {};
  auto const number = [&](std::size_t i) {
    int value = 0;
    auto const digits = part[i].str();
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  };
  return Version{number(1), number(2), number(3), part[4].str()};
}

std::string to_text(Version const& version) {
  auto text = release_line(version) + "." + std::to_string(version.patch);
  return version.pre.empty() ? text : text + "-" + version.pre;
}

std::string release_line(Version const& version) {
  return std::to_string(version.major) + "." + std::to_string(version.minor);
}

}  // namespace base
