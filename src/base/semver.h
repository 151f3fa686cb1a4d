#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace base {

// A version as semver.org 2.0.0 orders it. Build metadata is dropped: it has no place in the order.
struct Version {
  int major = 0, minor = 0, patch = 0;
  std::string pre;  // "rc.1", empty for a release

  bool operator==(Version const&) const = default;
  std::strong_ordering operator<=>(Version const&) const;
};

// Accepts a leading "v" and a missing minor or patch ("1.21"), as Helm does; nothing for anything else.
std::optional<Version> parse_version(std::string_view);
std::string to_text(Version const&);
std::string release_line(Version const&);  // "1.21"

}  // namespace base
