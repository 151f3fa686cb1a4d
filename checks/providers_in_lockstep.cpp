#include <algorithm>

#include "base/text.h"
#include "checks/coder.h"

namespace checks {
namespace {

// What can't be seen from here: those that only Coder tells of, and those that nobody could list.
void note_others(state::Family const& family, state::Seen<state::Coder> const& coder, Outcome& out) {
  if (!family.unsure.empty()) out.unverified.push_back({"", "there may be releases of workspace providers that were not seen: " + family.unsure, "helm list -A"});
  auto const* seen = told(coder, out);
  auto const* providers = seen ? told(seen->providers, out) : nullptr;
  if (!providers) return;
  auto const others = static_cast<std::size_t>(std::count_if(providers->all.begin(), providers->all.end(), [](auto const& each) { return !each.built_in; }));
  auto const own = count_of_own(family.providers, coder);
  if (others <= own) return;
  out.unverified.push_back({"", base::count_of(others, "workspace provider") + " besides the built-in one, and " + base::count_of(own, "release") + " of them in this cluster: the version of the others can't be seen from here",
                            "helm list -A, in the cluster of each"});
}

Outcome test(state::Release const& release, state::Family const& family, state::Seen<state::Coder> const& coder, state::Knowledge const& known) {
  Outcome out;
  auto const* base = installed(release);
  auto const from = base ? base::parse_version(base->chart_version) : std::nullopt;
  if (base && !from) out.unverified.push_back({"", "the release's record names no version", "helm history " + release.name});
  if (!from || at_or_after(*from, known.providers.chart_until)) return out;
  for (auto const& kin : family.providers) {
    auto const whether = belongs(kin, coder);
    if (base::parse_version(kin.version) == *from || whether == state::Told::no) continue;
    auto const what = "it is on " + kin.version + ", and Coder on " + base::to_text(*from);
    if (whether == state::Told::not_said) out.unverified.push_back(whose(kin, what));
    else
      out.findings.push_back({object_of(kin), "", what,
                              Advice{"Bring it to Coder's version before you go on: " +
                                     base::shell_quoted({"helm", "coder", "upgrade", kin.release, "coder/" + known.providers.chart, "--version", base::to_text(*from), "-n", kin.name_space}) + "."}});
  }
  note_others(family, coder, out);
  return out;
}

}  // namespace

extern Check const providers_in_lockstep;
Check const providers_in_lockstep{.code = "HC606",
                                  .name = "providers-in-lockstep",
                                  .severity = Severity::warning,
                                  .summary = "every workspace provider is on the version of Coder",
                                  .page =
#include "providers_in_lockstep.md.inc"
                                  ,
                                  .run = on<test>};

}  // namespace checks
