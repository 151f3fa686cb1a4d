#include <algorithm>
#include <set>

#include "base/text.h"
#include "checks/common.h"

namespace checks {
namespace {

// Below a value that the chart's own values.yaml has no more to say about, anything may stand.
bool is_of_chart(std::string const& key, std::set<std::string> const& keys) {
  if (keys.contains(key)) return true;
  for (auto dot = key.rfind('.'); dot != std::string::npos && dot > 0; dot = key.rfind('.', dot - 1)) {
    auto const parent = key.substr(0, dot);
    if (!keys.contains(parent)) continue;
    auto const below = keys.lower_bound(parent + ".");
    return below == keys.end() || !below->starts_with(parent + ".");
  }
  return false;
}

std::string nearest(std::string const& key, std::set<std::string> const& keys) {
  std::string best;
  auto least = std::max<std::size_t>(3, key.size() / 4);
  for (auto const& each : keys)
    if (auto const distance = base::edit_distance(key, each); distance < least) least = distance, best = each;
  return best;
}

Outcome test(state::Target const& target, state::Values const& values, state::Knowledge const& known) {
  Outcome out;
  if (!coder_version(target, out)) return out;
  std::set<std::string> const keys(target.keys.begin(), target.keys.end());
  if (keys.empty()) out.unverified.push_back({"", "the chart's own values were not seen", ""});
  for (auto const& [key, value] : values.set) {
    if (keys.empty() || is_of_chart(key, keys) || renamed_key(known, key)) continue;
    auto const meant = nearest(key, keys);
    out.findings.push_back({key, "", "the chart's values.yaml has no such key, so it has hardly an effect",
                            Advice{meant.empty() ? "Remove it from your values, or look up its name: helm show values." : "Did you mean " + meant + "? Then rename it in your values."}});
  }
  return out;
}

}  // namespace

extern Check const known_keys;
Check const known_keys{.code = "HC415",
                       .name = "known-keys",
                       .severity = Severity::warning,
                       .summary = "every key of the values is one of the chart's",
                       .page =
#include "known_keys.md.inc"
                       ,
                       .run = on<test>};

}  // namespace checks
