#include "clients/clock.h"

#include <charconv>
#include <chrono>
#include <cstdio>

namespace clients {
namespace {

// Takes a number of exactly `digits` digits off the front.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
  int value = 0;
  if (text.size() < digits) return {};
  auto const* end = text.data() + digits;
  auto const [stop, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc() || stop != end || text.front() == '-') return {};
  text.remove_prefix(digits);
  return value;
}

bool take_char(std::string_view& text, std::string_view any_of) {
  if (text.empty() || any_of.find(text.front()) == std::string_view::npos) return false;
  text.remove_prefix(1);
  return true;
}

void drop_fraction(std::string_view& text) {
  if (!take_char(text, ".")) return;
  while (take_char(text, "0123456789")) {
  }
}

// "Z", "+02:00": seconds to take away.
std::optional<int> take_offset(std::string_view& text) {
  if (take_char(text, "Zz")) return 0;
  int const sign = text.starts_with('-') ? -1 : 1;
  if (!take_char(text, "+-")) return {};
  auto const hours = take_number(text, 2);
  if (!hours || !take_char(text, ":")) return {};
  auto const minutes = take_number(text, 2);
  if (!minutes) return {};
  return sign * (*hours * 3600 + *minutes * 60);
}

}  // namespace

std::int64_t unix_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::optional<std::int64_t> parse_time(std::string_view text) {
  int parts[6];
  constexpr std::string_view after[6] = {"-", "-", "Tt ", ":", ":", ""};
  for (std::size_t i = 0; i < 6; ++i) {
    auto const number = take_number(text, i == 0 ? 4 : 2);
    if (!number || (i < 5 && !take_char(text, after[i]))) return {};
    parts[i] = *number;
  }
  drop_fraction(text);
  auto const offset = take_offset(text);
  auto const day = std::chrono::year(parts[0]) / parts[1] / parts[2];
  if (!offset || !text.empty() || !day.ok() || parts[3] > 23 || parts[4] > 59 || parts[5] > 60) return {};
  auto const days = std::chrono::sys_days(day).time_since_epoch().count();
  return std::int64_t{days} * 86400 + parts[3] * 3600 + parts[4] * 60 + parts[5] - *offset;
}

std::string format_time(std::int64_t unix_seconds) {
  using namespace std::chrono;
  sys_seconds const time{seconds(unix_seconds)};
  auto const day = floor<days>(time);
  year_month_day const date(day);
  hh_mm_ss const clock(time - day);
  char text[64];
  std::snprintf(text, sizeof text, "%04d-%02u-%02uT%02ld:%02ld:%02ldZ", int(date.year()), unsigned(date.month()),
                unsigned(date.day()), static_cast<long>(clock.hours().count()),
                static_cast<long>(clock.minutes().count()), static_cast<long>(clock.seconds().count()));
  return text;
}

}  // namespace clients
