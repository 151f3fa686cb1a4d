#include "checks/common.h"

namespace checks {
namespace {

Finding describe(std::string const& key, state::RenamedKey const& entry, state::Values const& values) {
  auto const since = "the chart ignores it since " + entry.ignored_since;
  auto const& until = entry.ignored_until;
  if (until.empty()) return outdated_key(key, entry, values, since);
  return {key, "", since + ", and takes it again from " + until + " on",
          Advice{"Go to " + until + " or newer, which takes it again."}};
}

Outcome test(state::Target const& target, state::Values const& values, state::Knowledge const& known) {
  Outcome out;
  auto const version = coder_version(target, out);
  if (!version) return out;
  for (auto const& [key, value] : values.set) {
    auto const* entry = renamed_key(known, key);
    if (entry && fate_of(*entry, key, value, *version) == Fate::ignored)
      out.findings.push_back(describe(key, *entry, values));
  }
  return out;
}

}  // namespace

extern Check const ignored_keys;
Check const ignored_keys{.code = "HC411",
                         .name = "ignored-keys",
                         .severity = Severity::warning,
                         .summary = "the chart ignores no key of the values",
                         .page =
#include "ignored_keys.md.inc"
                         ,
                         .run = on<test>};

}  // namespace checks
