#include "base/text.h"
#include "checks/common.h"

namespace checks {
namespace {

Finding describe(state::Terminating const& terminating, state::Request const& request) {
  auto const object = name_of(terminating.object, request);
  auto message = "is being deleted" + (terminating.since.empty() ? "" : " since " + terminating.since) +
                 ": the upgrade would change it, and then it would go";
  if (!terminating.finalizers.empty()) message += "; it waits for " + base::join(terminating.finalizers, ", ");
  Command wait{
      {"kubectl", "wait", "--for=delete", terminating.object.kind + "/" + terminating.object.name, "--timeout=5m"}};
  auto const& where = terminating.object.name_space;
  if (!where.empty() && where != request.name_space) wait.argv.insert(wait.argv.end(), {"-n", where});
  return {object, "", message, wait};
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  for (auto const& terminating : rehearsal.terminating) out.findings.push_back(describe(terminating, request));
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const terminating;
Check const terminating{.code = "HC305",
                        .name = "terminating",
                        .severity = Severity::error,
                        .summary = "nothing that the upgrade needs is being deleted",
                        .page =
#include "terminating.md.inc"
                        ,
                        .run = on<test>};

}  // namespace checks
