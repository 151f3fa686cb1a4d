#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>

#include "base/json.h"

namespace rehearsal {

__extension__ typedef __int128 Wide;

// An amount as Kubernetes writes it ("500m", "2Gi", "1e3"), exactly: a whole number of billionths, as the API server keeps it.
class Quantity {
 public:
  Quantity() = default;
  explicit Quantity(std::int64_t whole) : nanos_(static_cast<Wide>(whole) * one) {}

  // Of a string or a number; nothing if it is none, or more than 2^63.
  static std::optional<Quantity> of(base::Json const&);

  Quantity& operator+=(Quantity const& other) { return nanos_ += other.nanos_, *this; }
  Quantity operator-() const { return Quantity() -= *this; }
  Quantity& operator-=(Quantity const& other) { return nanos_ -= other.nanos_, *this; }
  Quantity times(std::int64_t count) const;  // at most a million times: more is no number of pods
  std::strong_ordering operator<=>(Quantity const&) const = default;
  bool operator==(Quantity const&) const = default;

  std::string text() const;         // "1500m", "3"
  std::string binary_text() const;  // "512Mi", where it is a whole number of such

 private:
  static constexpr Wide one = 1'000'000'000;
  Wide nanos_ = 0;
};

}  // namespace rehearsal
