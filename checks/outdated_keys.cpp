#include "checks/outdated_keys.h"

namespace checks {
namespace {

// `since` says what the chart does with it.
Finding outdated_key(std::string const& key, state::RenamedKey const& entry, state::Values const& values,
                     std::string const& since) {
  auto const successor = new_name(entry, key);
  if (successor.empty())
    return {key, "", since + ", and nothing takes its place", Advice{"Remove " + key + " from your values; helm coder values migrate does it."}};
  if (is_set(values, successor))
    return {key, "", since + "; " + successor + ", which is set too, takes its place",
            Advice{"Remove " + key + " from your values, once " + successor + " says what you want."}};
  return {key, "", since + "; its new name is " + successor,
          Advice{"Rename " + key + " to " + successor + " in your values; helm coder values migrate does it."}};
}

}  // namespace

Finding refused_key(std::string const& key, state::RenamedKey const& entry, state::Values const& values) {
  return outdated_key(key, entry, values, "the chart refuses it since " + entry.refused_since);
}

Finding ignored_key(std::string const& key, state::RenamedKey const& entry, state::Values const& values) {
  auto const since = "the chart ignores it since " + entry.ignored_since;
  auto const& until = entry.ignored_until;
  if (until.empty()) return outdated_key(key, entry, values, since);
  return {key, "", since + ", and takes it again from " + until + " on",
          Advice{"Go to " + until + " or newer, which takes it again."}};
}

}  // namespace checks
