#include "base/text.h"
#include "checks/coder.h"

namespace checks {
namespace {

// Whether the upgrade takes port 22 from the Service. Its ports are told apart by name, or by number where they have no names.
bool closes(state::Write const& write) {
  if (write.object.kind != "Service" || !write.changes.compared) return false;
  bool closed = false, opened = false;
  for (auto const& each : write.changes.fields) {
    bool const named = each.path.starts_with("spec.ports[") && each.path.ends_with("].port");
    closed = closed || (named && each.before == "22" && each.after != "22") || (each.path == "spec.ports[22].targetPort" && each.after.empty());
    opened = opened || (named && each.before != "22" && each.after == "22");
  }
  return closed && !opened;
}

Outcome test(state::Coder const& coder, state::Rehearsal const& rehearsal, state::Request const& request, state::Knowledge const& known) {
  Outcome out;
  auto const* providers = told(coder.providers, out);
  if (!providers) return out;
  std::vector<std::string> with, silent;
  for (auto const& provider : providers->all) {
    if (provider.ssh == state::Told::yes) with.push_back(provider.name);
    if (provider.ssh == state::Told::not_said) silent.push_back(provider.name);
  }
  if (!silent.empty()) out.unverified.push_back({"", "Coder does not say whether External Connect is on for " + base::join(silent, ", "), "Look at the workspace provider in Coder's admin panel."});
  note_unknown_api(coder, known, out);
  if (with.empty()) return out;
  for (auto const& write : rehearsal.writes)
    if (closes(write))
      out.findings.push_back({name_of(write.object, request), "", "port 22 closes, and External Connect is on for " + base::join(with, ", "),
                              Advice{"People who connect with ssh come in another way afterwards: have one of them run `coder config-ssh` again and try it right after the upgrade."}});
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const external_connect;
Check const external_connect{.code = "HC609",
                             .name = "external-connect",
                             .severity = Severity::warning,
                             .summary = "External Connect keeps its port",
                             .page =
#include "external_connect.md.inc"
                             ,
                             .run = on<test>};

}  // namespace checks
