#include <utility>

#include "base/text.h"
#include "checks/common.h"

namespace checks {
namespace {

// Who is likely to have set a finalizer, and so has to take it off. Sources: the constants of k8s.io/api, cloud-provider,
// ingress-gce and aws-load-balancer-controller.
constexpr std::pair<std::string_view, std::string_view> known_holders[] = {
    {"service.kubernetes.io/load-balancer-cleanup", "the cloud's controller, which still takes the load balancer down"},
    {"kubernetes.io/pvc-protection", "a pod still uses it"},
    {"kubernetes.io/pv-protection", "a claim is still bound to it"},
    {"foregroundDeletion", "what it owns goes first"},
    {"orphan", "the garbage collector"},
    {"batch.kubernetes.io/job-tracking", "the Job's controller, as long as its pods are not counted"},
    {"service.k8s.aws/resources", "the AWS load balancer controller"},
    {"ingress.k8s.aws/resources", "the AWS load balancer controller"},
    {"networking.gke.io/ingress-finalizer-V2", "the ingress controller of GKE"},
};

// "example.com/guard (the controller of example.com)": a finalizer begins with the domain of who set it.
std::string with_holder(std::string const& finalizer) {
  for (auto const& [name, holder] : known_holders)
    if (finalizer == name) return finalizer + " (" + std::string(holder) + ")";
  auto const slash = finalizer.find('/');
  if (slash == std::string::npos) return finalizer;
  return finalizer + " (the controller of " + finalizer.substr(0, slash) + ")";
}

Finding describe(state::Terminating const& terminating, state::Request const& request) {
  auto const object = name_of(terminating.object, request);
  auto message = "is being deleted" + (terminating.since.empty() ? "" : " since " + terminating.since) +
                 ": the upgrade would change it, and then it would go";
  std::vector<std::string> holders;
  for (auto const& finalizer : terminating.finalizers) holders.push_back(with_holder(finalizer));
  if (!holders.empty()) message += "; it waits for " + base::join(holders, ", ");
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
