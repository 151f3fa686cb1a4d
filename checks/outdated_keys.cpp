#include "checks/outdated_keys.h"

#include "checks/common.h"

namespace checks {
namespace {

// `since` says what the chart does with it.
Finding gone(std::string const& key, state::RenamedKey const& entry, state::Values const& values, std::string const& since) {
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

Finding outdated_key(Fate fate, std::string const& key, state::RenamedKey const& entry, state::Values const& values) {
  if (fate == Fate::refused) return gone(key, entry, values, "the chart refuses it since " + entry.refused_since);
  auto const since = "the chart ignores it since " + entry.ignored_since;
  auto const& until = entry.ignored_until;
  if (until.empty()) return gone(key, entry, values, since);
  return {key, "", since + ", and takes it again from " + until + " on",
          Advice{"Go to " + until + " or newer, which takes it again."}};
}

Outcome outdated_keys(Fate fate, state::Target const& target, state::Values const& values, state::Knowledge const& known) {
  Outcome out;
  auto const version = coder_version(target, out);
  if (!version) return out;
  for (auto const& [key, value] : values.set) {
    auto const* entry = renamed_key(known, key);
    if (entry && fate_of(*entry, key, value, *version) == fate) out.findings.push_back(outdated_key(fate, key, *entry, values));
  }
  return out;
}

}  // namespace checks
