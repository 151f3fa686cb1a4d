#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace clients {

std::int64_t unix_now();

// Seconds of an RFC 3339 time, fractions dropped; nothing if it is none.
std::optional<std::int64_t> parse_time(std::string_view);
std::string format_time(std::int64_t unix_seconds);  // "2026-01-31T12:00:00Z"

}  // namespace clients
