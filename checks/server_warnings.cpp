#include <algorithm>
#include <map>

#include "base/text.h"
#include "checks/common.h"

namespace checks {
namespace {

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  std::map<std::string, std::vector<std::string>> objects;  // by the warning's words
  auto const note = [&](state::ObjectId const& object, state::Verdict const& verdict) {
    for (auto const& warning : verdict.warnings) {
      auto& named = objects[warning];
      auto name = name_of(object, request);
      if (std::find(named.begin(), named.end(), name) == named.end()) named.push_back(std::move(name));
    }
  };
  for (auto const& write : rehearsal.writes) note(write.object, write.verdict);
  for (auto const& trial : rehearsal.trials) note(trial.object, trial.verdict);
  Outcome out;
  for (auto const& [warning, names] : objects)
    out.findings.push_back(
        {base::join(names, ", "), "", warning,
         Advice{"The upgrade goes through all the same; read it before the next upgrade of Kubernetes."}});
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const server_warnings;
Check const server_warnings{.code = "HC330",
                            .name = "server-warnings",
                            .severity = Severity::warning,
                            .summary = "the server has no warnings",
                            .page =
#include "server_warnings.md.inc"
                            ,
                            .run = on<test>};

}  // namespace checks
