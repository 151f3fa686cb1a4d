#include "checks/coder.h"

namespace checks {
namespace {

Advice const turn_on{"In Coder, edit the workspace provider and turn Networking v2 on: first the built-in one, then the others, one at a time. Then rebuild a workspace on each."};

// What can't be told of a provider that Coder does not speak of is no "off".
void look_at(state::Provider const& provider, Outcome& out) {
  if (provider.networking_v2 == state::Told::no)
    out.findings.push_back({object_of(provider), "", "Networking v2 is off; its workspaces could not be reached any more", turn_on});
  else if (provider.networking_v2 == state::Told::not_said)
    out.unverified.push_back({object_of(provider), "Coder does not say whether Networking v2 is on", "Look at the workspace provider in Coder's admin panel."});
}

Outcome test(state::Seen<state::Coder> const& coder, state::Release const& release, state::Target const& target, state::Knowledge const& known) {
  Outcome out;
  auto const hops = hop(release, target, out);
  auto const& what = known.providers;
  if (!hops || !at_or_after(hops->to, what.v2_required) || at_or_after(hops->from, what.v2_required)) return out;
  if (!at_or_after(hops->from, what.v2_since))
    return {.findings = {{"Coder " + base::to_text(hops->from), "", "it has no Networking v2 yet, and " + base::to_text(hops->to) + " knows nothing else",
                          helm_coder({"plan", "--to", base::to_text(hops->to)})}}};
  auto const* seen = told(coder, out);
  auto const* providers = seen ? told(seen->providers, out) : nullptr;
  if (!providers) return out;
  for (auto const& provider : providers->all) look_at(provider, out);
  if (providers->all.empty())
    out.unverified.push_back({"", "Coder (" + seen->address + ") names no workspace provider, not even the built-in one", "Look at the workspace providers in Coder's admin panel."});
  return out;
}

}  // namespace

extern Check const networking_v2;
Check const networking_v2{.code = "HC605",
                          .name = "networking-v2",
                          .severity = Severity::error,
                          .summary = "Networking v2 is on wherever the target needs it",
                          .page =
#include "networking_v2.md.inc"
                          ,
                          .run = on<test>};

}  // namespace checks
