#include "checks/coder.h"

namespace checks {
namespace {

Outcome test(state::Coder const& coder) {
  if (coder.setup_mode == state::Told::no) return {};
  if (coder.setup_mode == state::Told::not_said)
    return {.unverified = {{"", "Coder (" + coder.address + ") does not say whether it is set up", "Open its address in a browser: it would ask for a first user."}}};
  return {.findings = {{"Coder (" + coder.address + ")", "", "it is in setup mode: nobody has made its first user",
                        Advice{"If people work with this Coder, stop here: it has lost its database, or looks at another one. If it is new, upgrade it and set it up then."}}}};
}

}  // namespace

extern Check const set_up;
Check const set_up{.code = "HC603",
                   .name = "set-up",
                   .severity = Severity::warning,
                   .summary = "Coder is set up",
                   .page =
#include "set_up.md.inc"
                   ,
                   .run = on<test>};

}  // namespace checks
