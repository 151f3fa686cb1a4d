#include "base/text.h"
#include "checks/coder.h"

namespace checks {
namespace {

Outcome test(state::Coder const& coder, state::Knowledge const& known) {
  Outcome out;
  auto const* workspaces = told(coder.workspaces, out);
  if (!workspaces) return out;
  note_unknown_api(coder, known, out);
  if (workspaces->to_rebuild == 0) return out;
  auto const more = workspaces->to_rebuild > static_cast<std::int64_t>(workspaces->examples.size()) ? ", …" : "";
  out.findings.push_back({base::count_of(static_cast<std::size_t>(workspaces->to_rebuild), "workspace") + " of " + std::to_string(workspaces->count), "",
                          "to be rebuilt before they can be used: " + base::join(workspaces->examples, ", ") + more +
                              (workspaces->why.empty() ? "" : " (Coder says: " + workspaces->why + ")"),
                          Advice{"Have their owners rebuild them before the upgrade, so that what is broken afterwards is the upgrade's."}});
  return out;
}

}  // namespace

extern Check const workspaces_rebuilt;
Check const workspaces_rebuilt{.code = "HC608",
                               .name = "workspaces-rebuilt",
                               .severity = Severity::warning,
                               .summary = "no workspace waits to be rebuilt",
                               .page =
#include "workspaces_rebuilt.md.inc"
                               ,
                               .run = on<test>};

}  // namespace checks
