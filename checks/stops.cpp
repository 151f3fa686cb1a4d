#include "checks/stops.h"

#include <algorithm>
#include <optional>

#include "checks/knowledge.h"

namespace checks {
namespace {

bool is_sound(state::Knowledge const& known, base::Version const& version) {
  auto const* release = known_release(known, version);
  return !release || (!release->withdrawn && !release->fatal);
}

// A release line as "1.21" orders by its numbers.
base::Version without_patch(base::Version const& version) { return {version.major, version.minor, 0, {}}; }

// Kubernetes is told apart by release lines, unless somebody names a patch: "1.22" means all of 1.22. What a provider adds
// ("1.22.17-eks-1") is no pre-release.
bool is_before(base::Version const& kubernetes, std::string const& end) {
  auto const bound = base::parse_version(end);
  return bound && base::Version{kubernetes.major, kubernetes.minor, kubernetes.patch, {}} < *bound;
}
bool is_after(base::Version const& kubernetes, std::string const& end) {
  auto const bound = base::parse_version(end);
  return bound && without_patch(kubernetes) > without_patch(*bound);
}

}  // namespace

std::string newest_patch(state::Knowledge const& known, std::string const& line, std::vector<std::string> const& index) {
  std::optional<base::Version> best;
  auto const consider = [&](std::string const& text) {
    auto const version = base::parse_version(text);
    if (version && version->pre.empty() && base::release_line(*version) == line && is_sound(known, *version) &&
        (!best || *version > *best))
      best = version;
  };
  for (auto const& text : index) consider(text);
  if (!best)
    for (auto const& release : known.releases) consider(release.version);
  return best ? base::to_text(*best) : line;
}

std::string newest_known(state::Knowledge const& known) {
  return known.lines.empty() ? "" : newest_patch(known, known.lines.back().line, {});
}

state::KnownLine const* known_line(state::Knowledge const& known, base::Version const& version) {
  auto const line = base::release_line(version);
  auto const& all = known.lines;
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const& each) { return each.line == line; });
  return found == all.end() ? nullptr : &*found;
}

std::vector<std::string> stops(state::Knowledge const& known, base::Version const& from, base::Version const& to,
                               std::vector<std::string> const& index) {
  std::vector<std::string> all;
  auto const* line = known_line(known, from);
  if (to.major == from.major && to.minor > from.minor) {
    auto const newest = line && !line->why_stop.empty() ? newest_patch(known, line->line, index) : "";
    if (auto const patch = base::parse_version(newest); patch && *patch > from) all.push_back(newest);
    int unknown = 0;
    for (int minor = from.minor + 1; minor < to.minor && unknown < most_unknown_lines; ++minor) {
      base::Version const between{to.major, minor, 0, {}};
      unknown += known_line(known, between) ? 0 : 1;
      all.push_back(newest_patch(known, base::release_line(between), index));
    }
  }
  all.push_back(base::to_text(to));
  return all;
}

state::KubernetesRange const* kubernetes_range(state::Knowledge const& known, base::Version const& coder, bool required) {
  auto const& all = known.kubernetes;
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const& range) {
    return range.required == required && at_or_after(coder, range.since) && !at_or_after(coder, range.until);
  });
  return found == all.end() ? nullptr : &*found;
}

Fit fit(state::KubernetesRange const& range, base::Version const& kubernetes) {
  if (is_before(kubernetes, range.at_least)) return Fit::too_old;
  return is_after(kubernetes, range.at_most) ? Fit::too_new : Fit::fits;
}

std::string in_words(state::KubernetesRange const& range) {
  if (range.at_most.empty()) return range.at_least + " or newer";
  return range.at_least.empty() ? range.at_most + " or older" : range.at_least + " to " + range.at_most;
}

}  // namespace checks
