#include "base/text.h"
#include "checks/coder.h"

namespace checks {
namespace {

Outcome test(state::Release const& release, state::Family const& family, state::Seen<state::Coder> const& coder, state::Knowledge const& known) {
  Outcome out;
  auto const* base = installed(release);
  auto const from = base ? base::parse_version(base->chart_version) : std::nullopt;
  if (base && !from) out.unverified.push_back({"", "the release's record names no version", "helm history " + release.name});
  if (!from || !at_or_after(*from, known.providers.v2_since)) return out;  // there were none before
  for (auto const& kin : family.satellites) {
    auto const whether = belongs(kin, coder);
    if (base::parse_version(kin.version) == *from || whether == state::Told::no) continue;
    auto const what = "it is on " + kin.version + ", and Coder on " + base::to_text(*from);
    if (whether == state::Told::not_said) out.unverified.push_back(whose(kin, what));
    else out.findings.push_back({object_of(kin), "", what, Advice{"Bring it to the same version, and to the new one after this upgrade."}});
  }
  if (!family.unsure.empty()) out.unverified.push_back({"", "there may be releases of satellites that were not seen: " + family.unsure, "helm list -A"});
  auto const* seen = told(coder, out);
  auto const* satellites = seen ? told(seen->satellites, out) : nullptr;
  if (satellites && satellites->names.size() > count_of_own(family.satellites, coder))
    out.unverified.push_back({"satellites " + base::join(satellites->names, ", "), "not all of them have a release in this cluster, and Coder does not say on which version they are",
                              "helm list -A, in the cluster of each"});
  return out;
}

}  // namespace

extern Check const satellites_in_lockstep;
Check const satellites_in_lockstep{.code = "HC607",
                                   .name = "satellites-in-lockstep",
                                   .severity = Severity::warning,
                                   .summary = "every satellite is on the version of Coder",
                                   .page =
#include "satellites_in_lockstep.md.inc"
                                   ,
                                   .run = on<test>};

}  // namespace checks
