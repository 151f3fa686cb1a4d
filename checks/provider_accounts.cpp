#include "base/text.h"
#include "checks/coder.h"
#include "checks/stops.h"

namespace checks {
namespace {

Outcome test(state::Target const& target, state::Family const& family, state::Seen<state::Coder> const& coder, state::Knowledge const& known) {
  Outcome out;
  auto const to = coder_version(target, out);
  auto const& what = known.providers;
  if (!to || !at_or_after(*to, what.chart_until)) return out;  // until then nobody uninstalls one
  auto const last = newest_patch(known, base::release_line(*base::parse_version(what.chart_keeps_since)), {});
  for (auto const& kin : family.providers) {
    auto const whether = belongs(kin, coder);
    if (kin.taken.empty() || whether == state::Told::no) continue;
    auto const which = "uninstalling it, which is due from " + what.chart_until + " on, would delete " + base::join(kin.taken, ", ") + ", which its workspaces run with";
    if (whether == state::Told::not_said) out.unverified.push_back(whose(kin, which));
    else
      out.findings.push_back({object_of(kin), "", which,
                              Advice{"First bring it to a chart that leaves them behind: " +
                                     base::shell_quoted({"helm", "coder", "upgrade", kin.release, "coder/" + what.chart, "--version", last, "-n", kin.name_space}) + "."}});
  }
  if (!family.unsure.empty()) out.unverified.push_back({"", "there may be releases of workspace providers that were not seen: " + family.unsure, "helm list -A"});
  return out;
}

}  // namespace

extern Check const provider_accounts;
Check const provider_accounts{.code = "HC611",
                              .name = "provider-accounts",
                              .severity = Severity::warning,
                              .summary = "no workspace provider takes the accounts of workspaces along",
                              .page =
#include "provider_accounts.md.inc"
                              ,
                              .run = on<test>};

}  // namespace checks
