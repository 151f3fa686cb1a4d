#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace base {

// Whole seconds of a duration as Go writes it ("300s", "5m0s", "1h30m", "1.5h"), rounded up; nothing for anything else,
// negative ones included. A number without a unit is none, except "0".
std::optional<long> parse_duration(std::string_view);
std::string go_duration(long seconds);  // "1h30m0s", as Go prints it

}  // namespace base
