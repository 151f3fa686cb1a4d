#include "base/json.h"
#include "checks/common.h"

namespace checks {
namespace {

// Which of the two a chart of this version looks at.
bool old_wins(state::RenamedKey const& entry, std::string const& key, std::string const& value, base::Version const& version) {
  return fate_of(entry, key, value, version) == Fate::taken;
}

std::string of_charts(state::RenamedKey const& entry, std::string const& key, std::string const& successor) {
  auto const since = entry.renamed_since.empty() ? "charts before " + entry.ignored_since : "charts from " + entry.renamed_since + " on";
  return since + " take " + key + ", and from " + entry.ignored_since + " on " + successor;
}

Outcome test(state::Target const& target, state::Values const& values, state::Knowledge const& known) {
  Outcome out;
  auto const version = coder_version(target, out);
  if (!version) return out;
  for (auto const& [key, value] : values.set) {
    auto const* entry = renamed_key(known, key);
    auto const successor = entry ? new_name(*entry, key) : "";
    auto const at = successor.empty() ? values.set.end() : values.set.find(successor);
    if (at == values.set.end() || entry->ignored_since.empty() || value == "\"\"") continue;
    if (!at_or_after(*version, entry->renamed_since.empty() ? entry->ignored_since : entry->renamed_since)) continue;
    if (value == at->second && value != state::Values::masked) continue;
    auto const wins = old_wins(*entry, key, value, *version) ? key : successor;
    out.findings.push_back({key, "", "it is set, and so is " + successor + ", its new name; " + of_charts(*entry, key, successor) + ", so with " + base::to_text(*version) + " " + wins + " counts",
                            Advice{"Keep the one that says what you want, under the name " + successor + "."}});
  }
  return out;
}

}  // namespace

extern Check const one_name;
Check const one_name{.code = "HC414",
                     .name = "one-name",
                     .severity = Severity::warning,
                     .summary = "no value is set under its old and its new name",
                     .page =
#include "one_name.md.inc"
                     ,
                     .run = on<test>};

}  // namespace checks
