#include "base/duration.h"

#include <charconv>
#include <cmath>
#include <utility>

namespace base {
namespace {

constexpr double longest = 1e9;  // thirty years; Go itself ends at 292

// Takes "ms" before "m".
std::optional<double> take_unit(std::string_view& text) {
  constexpr std::pair<std::string_view, double> units[] = {{"ns", 1e-9}, {"us", 1e-6}, {"µs", 1e-6}, {"ms", 1e-3},
                                                           {"s", 1},     {"m", 60},    {"h", 3600}};
  for (auto const& [unit, seconds] : units) {
    if (!text.starts_with(unit)) continue;
    text.remove_prefix(unit.size());
    return seconds;
  }
  return {};
}

std::optional<double> take_number(std::string_view& text) {
  auto const size = text.find_first_not_of("0123456789.");
  auto const digits = text.substr(0, size);
  double number = 0;
  auto const [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number, std::chars_format::fixed);
  if (error != std::errc() || end != digits.data() + digits.size()) return {};
  text.remove_prefix(digits.size());
  return number;
}

}  // namespace

std::optional<long> parse_duration(std::string_view text) {
  if (text == "0") return 0;
  if (text.empty()) return {};
  double seconds = 0;
  while (!text.empty()) {
    auto const number = take_number(text);
    auto const unit = number ? take_unit(text) : std::nullopt;
    if (!unit) return {};
    seconds += *number * *unit;
  }
  if (seconds > longest) return {};
  return static_cast<long>(std::ceil(seconds - 1e-6));
}

std::string go_duration(long seconds) {
  auto const hours = seconds / 3600, minutes = seconds / 60 % 60;
  std::string text;
  if (hours > 0) text += std::to_string(hours) + "h";
  if (hours > 0 || minutes > 0) text += std::to_string(minutes) + "m";
  return text + std::to_string(seconds % 60) + "s";
}

}  // namespace base
