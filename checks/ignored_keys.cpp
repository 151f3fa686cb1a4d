#include "checks/common.h"
#include "checks/outdated_keys.h"

namespace checks {
namespace {

Outcome test(state::Target const& target, state::Values const& values, state::Knowledge const& known) {
  Outcome out;
  auto const version = coder_version(target, out);
  if (!version) return out;
  for (auto const& [key, value] : values.set) {
    auto const* entry = renamed_key(known, key);
    if (entry && fate_of(*entry, key, value, *version) == Fate::ignored)
      out.findings.push_back(ignored_key(key, *entry, values));
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
