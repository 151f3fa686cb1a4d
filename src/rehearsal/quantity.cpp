#include "rehearsal/quantity.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "base/text.h"

namespace rehearsal {
namespace {

constexpr Wide most = static_cast<Wide>(INT64_MAX) * 1'000'000'000;

struct Suffix {
  std::string_view text;
  int ten, two;  // the powers that it stands for
};
// Source: k8s.io/apimachinery/pkg/api/resource/suffix.go.
constexpr std::array suffixes = {Suffix{"", 0, 0},    Suffix{"n", -9, 0},  Suffix{"u", -6, 0},  Suffix{"m", -3, 0},  Suffix{"k", 3, 0},
                                 Suffix{"M", 6, 0},   Suffix{"G", 9, 0},   Suffix{"T", 12, 0},  Suffix{"P", 15, 0},  Suffix{"E", 18, 0},
                                 Suffix{"Ki", 0, 10}, Suffix{"Mi", 0, 20}, Suffix{"Gi", 0, 30}, Suffix{"Ti", 0, 40}, Suffix{"Pi", 0, 50},
                                 Suffix{"Ei", 0, 60}};

std::optional<Suffix> suffix_of(std::string_view text) {
  auto const known = std::find_if(suffixes.begin(), suffixes.end(), [&](Suffix const& each) { return each.text == text; });
  if (known != suffixes.end()) return *known;
  if (text.empty() || (text[0] != 'e' && text[0] != 'E')) return {};
  text.remove_prefix(1);
  bool const negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  auto const power = base::whole_number(text);
  if (!power || *power > 30) return {};
  return Suffix{"", static_cast<int>(negative ? -*power : *power), 0};
}

bool multiply(Wide& value, Wide by) { return !__builtin_mul_overflow(value, by, &value) && value <= most; }

// What is finer than a billionth is rounded up, as the API server does.
std::optional<Wide> scaled(Wide value, int ten, int two) {
  for (; two > 0; two -= 10)
    if (!multiply(value, 1024)) return {};
  for (; ten > 0; --ten)
    if (!multiply(value, 10)) return {};
  Wide divisor = 1;
  for (; ten < 0; ++ten)
    if (!multiply(divisor, 10)) return value == 0 ? 0 : 1;
  return value / divisor + (value % divisor != 0);
}

std::string to_text(Wide value) {
  if (value < 0) return "-" + to_text(-value);
  std::string text;
  do text.insert(text.begin(), static_cast<char>('0' + static_cast<int>(value % 10)));
  while ((value /= 10) != 0);
  return text;
}

}  // namespace

std::optional<Quantity> Quantity::of(base::Json const& json) {
  std::string_view text = json.is_number() ? json.number() : json.str();
  bool const negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  Wide value = 0;
  int fraction = 0;
  std::size_t at = 0, digits = 0;
  bool point = false;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && !point) {
      point = true;
    } else if (text[at] >= '0' && text[at] <= '9') {
      if (++digits > 36) return {};
      value = value * 10 + (text[at] - '0');
      fraction += point;
    } else {
      break;
    }
  }
  auto const suffix = digits > 0 ? suffix_of(text.substr(at)) : std::nullopt;
  auto const nanos = suffix ? scaled(value, 9 - fraction + suffix->ten, suffix->two) : std::nullopt;
  if (!nanos || *nanos > most) return {};
  Quantity quantity;
  quantity.nanos_ = negative ? -*nanos : *nanos;
  return quantity;
}

Quantity Quantity::times(std::int64_t count) const {
  Quantity product;
  product.nanos_ = nanos_ * std::clamp<std::int64_t>(count, -1'000'000, 1'000'000);
  return product;
}

std::string Quantity::text() const {
  if (nanos_ % one == 0) return to_text(nanos_ / one);
  if (nanos_ % 1'000'000 == 0) return to_text(nanos_ / 1'000'000) + "m";
  return to_text(nanos_) + "n";
}

std::string Quantity::binary_text() const {
  if (nanos_ % one != 0 || nanos_ == 0) return text();
  auto units = nanos_ / one;
  std::string_view suffix;
  for (auto const* next : {"Ki", "Mi", "Gi", "Ti", "Pi", "Ei"}) {
    if (units % 1024 != 0) break;
    units /= 1024;
    suffix = next;
  }
  return to_text(units) + std::string(suffix);
}

}  // namespace rehearsal
