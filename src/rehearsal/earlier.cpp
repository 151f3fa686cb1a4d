#include "rehearsal/earlier.h"

#include <algorithm>

namespace rehearsal {
namespace {

using base::Json;
using state::Cause;
using state::Judgement;

constexpr char const* rbac = "rbac.authorization.k8s.io";

// What only one Service of a cluster may have: the addresses and node ports that it asks for itself.
std::set<std::string> asked_for(Json const& service) {
  std::set<std::string> all;
  auto const& spec = service["spec"];
  if (auto const& address = spec["clusterIP"].str(); !address.empty() && address != "None") all.insert(address);
  for (auto const& port : spec["ports"].items())
    if (auto const number = port["nodePort"].int_or(0); number > 0) all.insert(std::to_string(number));
  return all;
}

bool names(Json const& list, std::string const& wanted) {
  auto const& items = list.items();
  return std::any_of(items.begin(), items.end(), [&](Json const& each) { return each.str() == wanted || each.str() == "*"; });
}

// Whether a webhook configuration has it called for such objects.
bool is_called_for(Json const& configuration, Target const& target) {
  for (auto const& webhook : configuration["webhooks"].items())
    for (auto const& rule : webhook["rules"].items())
      if (names(rule["apiGroups"], target.group) && (names(rule["resources"], target.resource) || names(rule["resources"], "*/*"))) return true;
  return false;
}

bool counts(Json const& quota, Recorded const& write) {
  auto const& hard = quota["spec"]["hard"];
  auto const charges = charges_of(write);
  return (write.creates && write.target.resource == "pods" && !hard.members().empty()) ||
         std::any_of(charges.begin(), charges.end(), [&](auto const& charge) { return hard.has(charge.first); });
}

}  // namespace

bool forget_what_is_new(Json& pod_spec, std::string const& name_space, std::function<bool(Key const&)> const& is_new) {
  bool found = false;
  auto const forget = [&](char const* field, Key key) {
    key.name = pod_spec[field].str();
    if (key.name.empty() || !is_new(key)) return;
    pod_spec.erase(field);
    found = true;
  };
  for (auto const* field : {"serviceAccountName", "serviceAccount"}) forget(field, {"", "serviceaccounts", name_space, ""});
  forget("priorityClassName", {"scheduling.k8s.io", "priorityclasses", "", ""});
  forget("runtimeClassName", {"node.k8s.io", "runtimeclasses", "", ""});
  return found;
}

void Earlier::amend(state::Verdict& verdict, Recorded const& write) {
  if (verdict.judgement == Judgement::rejected) {
    allow_for_roles(verdict, write);
    allow_for_pods(verdict, write);
    auto const* home = scene_.played->layer.find({"", "namespaces", "", write.target.name_space});
    if (verdict.cause == Cause::missing && home && home->object) verdict = {.message = "its namespace is made by the same upgrade"};
  }
  allow_for_addresses(verdict, write);
  doubt(verdict, write);
  quotas_.charge(verdict, write);
  so_far_[write.target.key()] = {verdict, &write};
}

bool Earlier::is_new(Key const& key) const {
  auto const known = so_far_.find(key);
  return known != so_far_.end() && known->second.write->creates && known->second.verdict.judgement == Judgement::accepted;
}

bool Earlier::changes(Written const& written) const {
  auto const& write = *written.write;
  return written.verdict.judgement != Judgement::rejected && (write.creates || write.after.is_null() || write.before["spec"] != write.after["spec"]);
}

// Who may write a role holds every permission in it, and so may bind it.
void Earlier::allow_for_roles(state::Verdict& verdict, Recorded const& write) const {
  if (verdict.cause != Cause::missing && verdict.cause != Cause::forbidden) return;
  auto const body = base::parse_json(write.body);
  auto const kind = body ? (*body)["roleRef"]["kind"].str() : "";
  if (kind != "Role" && kind != "ClusterRole") return;
  Key const role{rbac, kind == "Role" ? "roles" : "clusterroles", kind == "Role" ? write.target.name_space : "", (*body)["roleRef"]["name"].str()};
  auto const judged = so_far_.find(role);
  if (judged == so_far_.end()) return;
  auto warnings = std::move(verdict.warnings);
  verdict = judged->second.verdict;
  verdict.warnings = std::move(warnings);
}

void Earlier::allow_for_pods(state::Verdict& verdict, Recorded const& write) const {
  if (!write.creates || write.target.resource != "pods" || !write.target.group.empty()) return;
  auto body = base::parse_json(write.body);
  if (!body || !forget_what_is_new(body->set("spec"), write.target.name_space, [&](Key const& key) { return is_new(key); })) return;
  verdict = ask_.try_create({"v1", "pods", write.target.name_space, std::move(*body)});
}

// An address or node port moves from one Service to another: the API server knows neither that it is free by then nor that
// it is taken.
void Earlier::allow_for_addresses(state::Verdict& verdict, Recorded const& write) const {
  if (write.target.resource != "services" || !write.target.group.empty()) return;
  auto const body = base::parse_json(write.body);
  auto const wanted = asked_for(body.value_or(Json())), had = asked_for(write.before);
  for (auto const& [key, written] : so_far_) {
    if (key.resource != "services" || written.verdict.judgement == Judgement::rejected || key == write.target.key()) continue;
    auto const before = asked_for(written.write->before), after = asked_for(written.write->after);
    auto const asked = asked_for(base::parse_json(written.write->body).value_or(Json()));
    for (auto const& each : wanted) {
      if (had.contains(each)) continue;
      if (verdict.judgement == Judgement::rejected && before.contains(each) && !after.contains(each))
        verdict = {.message = "Service/" + key.name + " lets go of " + each + " in the same upgrade"};
      if (verdict.judgement == Judgement::accepted && asked.contains(each) && !before.contains(each))
        verdict = {.judgement = Judgement::rejected, .cause = Cause::invalid, .status = 422,
                   .message = "Service/" + key.name + " of the same upgrade takes " + each + " before"};
    }
  }
}

void Earlier::doubt(state::Verdict& verdict, Recorded const& write) const {
  bool const by_admission = verdict.cause == Cause::quota || verdict.cause == Cause::admission || verdict.cause == Cause::pod_security;
  if (verdict.judgement == Judgement::not_verified || (verdict.judgement == Judgement::rejected && !by_admission)) return;
  auto const why = changed_rules(write);
  if (why.empty()) return;
  auto warnings = std::move(verdict.warnings);
  verdict = {.message = why + " changes with the same upgrade", .warnings = std::move(warnings)};
}

std::string Earlier::changed_rules(Recorded const& write) const {
  auto const& target = write.target;
  bool const is_pod = target.group.empty() && target.resource == "pods";
  bool const is_limited = write.creates && (is_pod || (target.group.empty() && target.resource == "persistentvolumeclaims"));
  for (auto const& [key, written] : so_far_) {
    bool const here = key.name_space == target.name_space && !target.name_space.empty();
    auto const& rules = written.write->after;
    bool const applies =
        (key.resource == "limitranges" && here && is_limited) ||
        (key.resource == "resourcequotas" && here && counts(rules, write)) ||
        (key.resource == "namespaces" && key.name == target.name_space && is_pod && write.creates && !written.write->creates &&
         written.write->before["metadata"]["labels"] != rules["metadata"]["labels"]) ||
        (key.resource == "customresourcedefinitions" && rules["spec"]["group"].str() == target.group && rules["spec"]["names"]["plural"].str() == target.resource) ||
        ((key.resource == "validatingwebhookconfigurations" || key.resource == "mutatingwebhookconfigurations") && is_called_for(rules, target));
    if (applies && (key.resource == "namespaces" || key.resource.ends_with("webhookconfigurations") || changes(written)))
      return written.write->after["kind"].str() + "/" + key.name;
  }
  return {};
}

}  // namespace rehearsal
