#include "checks/outdated_keys.h"

namespace checks {
namespace {

Outcome test(state::Target const& target, state::Values const& values, state::Knowledge const& known) {
  return outdated_keys(Fate::ignored, target, values, known);
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
