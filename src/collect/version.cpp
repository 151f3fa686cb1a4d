#include "collect/version.h"

#include <algorithm>
#include <optional>
#include <string_view>

#include "base/semver.h"

namespace collect {
namespace {

using base::Version;

Version parsed(std::string const& text) { return base::parse_version(text).value_or(Version{}); }

// The newest release that fits; nothing if there is none.
template <class Fits>
std::optional<std::string> newest(std::vector<std::string> const& versions, Fits fits) {
  auto const found = std::find_if(versions.begin(), versions.end(), [&](auto const& text) {
    auto const version = parsed(text);
    return version.pre.empty() && fits(version);
  });
  return found == versions.end() ? std::nullopt : std::optional(*found);
}

// The next releases below and above what was asked.
std::string nearest(std::vector<std::string> const& versions, Version const& asked) {
  auto const below = newest(versions, [&](Version const& each) { return each < asked; });
  std::optional<std::string> above;
  for (auto const& text : versions)
    if (auto const each = parsed(text); each.pre.empty() && each > asked) above = text;
  if (below && above) return "; the nearest are " + *below + " and " + *above;
  if (below || above) return "; the nearest is " + (below ? *below : *above);
  return "";
}

std::variant<NoSuchVersion, Choice> newest_of_line(std::vector<std::string> const& versions, std::string const& asked,
                                                   Version const& wanted, bool with_minor) {
  auto const found = newest(versions, [&](Version const& each) {
    return each.major == wanted.major && (!with_minor || each.minor == wanted.minor);
  });
  if (found) return Choice{*found, *found + ", the newest of " + asked};
  return NoSuchVersion{"there is no version " + asked + nearest(versions, wanted)};
}

}  // namespace

std::variant<NoSuchVersion, Choice> choose_version(std::vector<std::string> const& versions, std::string const& asked,
                                                   bool devel) {
  if (versions.empty()) return NoSuchVersion{"the repository's cached index has no version of it"};
  if (asked.empty()) {
    if (devel) return Choice{versions.front(), versions.front() + ", the latest with pre-releases"};
    if (auto const found = newest(versions, [](Version const&) { return true; }))
      return Choice{*found, *found + ", the latest"};
    return NoSuchVersion{"there are only pre-releases; the newest is " + versions.front()};
  }
  auto const wanted = base::parse_version(asked);
  if (!wanted) return Choice{asked, "what Helm takes for " + asked};
  auto const dots = std::count(asked.begin(), std::find(asked.begin(), asked.end(), '-'), '.');
  if (dots < 2 && wanted->pre.empty()) return newest_of_line(versions, asked, *wanted, dots == 1);
  auto const found =
      std::find_if(versions.begin(), versions.end(), [&](auto const& text) { return parsed(text) == *wanted; });
  if (found != versions.end()) return Choice{*found, *found};
  return NoSuchVersion{"there is no version " + asked + nearest(versions, *wanted)};
}

}  // namespace collect
