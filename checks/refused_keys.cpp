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
    if (entry && fate_of(*entry, key, value, *version) == Fate::refused)
      out.findings.push_back(refused_key(key, *entry, values));
  }
  return out;
}

}  // namespace

extern Check const refused_keys;
Check const refused_keys{.code = "HC410",
                         .name = "refused-keys",
                         .severity = Severity::error,
                         .summary = "the chart refuses no key of the values",
                         .page =
#include "refused_keys.md.inc"
                         ,
                         .run = on<test>};

}  // namespace checks
