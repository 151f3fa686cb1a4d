#include "checks/outdated_keys.h"

namespace checks {
namespace {

Outcome test(state::Target const& target, state::Values const& values, state::Knowledge const& known) {
  return outdated_keys(Fate::refused, target, values, known);
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
