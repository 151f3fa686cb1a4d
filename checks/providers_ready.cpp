#include "checks/coder.h"

namespace checks {
namespace {

std::string state_of(state::Provider const& provider) {
  auto const status = provider.status.empty() ? std::string("Coder does not say its status") : "it is " + provider.status;
  return provider.trouble.empty() ? status : status + ": " + provider.trouble;
}

bool is_ready(state::Provider const& provider) { return provider.status == "ready" || provider.status == "Ready"; }

Outcome test(state::Coder const& coder, state::Knowledge const& known) {
  Outcome out;
  auto const* providers = told(coder.providers, out);
  if (!providers) return out;
  for (auto const& provider : providers->all) {
    // 1.16 has no status yet.
    if (provider.status.empty() && provider.trouble.empty())
      out.unverified.push_back({object_of(provider), state_of(provider), "Build a workspace on it."});
    else if (!is_ready(provider))
      out.findings.push_back({object_of(provider), "", state_of(provider),
                              Advice{"Repair it first, or delete it in Coder's admin panel if nobody needs it: after the upgrade nobody can tell what broke it."}});
  }
  note_unknown_api(coder, known, out);
  return out;
}

}  // namespace

extern Check const providers_ready;
Check const providers_ready{.code = "HC604",
                            .name = "providers-ready",
                            .severity = Severity::warning,
                            .summary = "every workspace provider is ready",
                            .page =
#include "providers_ready.md.inc"
                            ,
                            .run = on<test>};

}  // namespace checks
