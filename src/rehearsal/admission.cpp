#include "rehearsal/admission.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"

namespace rehearsal {
namespace {

using base::Json;

constexpr char const* group = "admissionregistration.k8s.io";
constexpr std::array<char const*, std::tuple_size_v<Guards>> plurals = {
    "validatingwebhookconfigurations", "mutatingwebhookconfigurations", "validatingadmissionpolicies", "validatingadmissionpolicybindings"};

bool has(Json const& list, std::string_view wanted) {
  auto const& items = list.items();
  return std::any_of(items.begin(), items.end(), [&](Json const& each) { return each.str() == wanted; });
}

// Whatever version a rule names: by its matchPolicy it may be asked about the same object in another one, and another group.
bool is_about(Json const& rule, Target const& target) {
  auto const& operations = rule["operations"];
  if (!has(operations, "DELETE") && !has(operations, "*")) return false;
  auto const& groups = rule["apiGroups"];
  if (!has(groups, "*") && !has(groups, target.group) && !has(groups, target.key().group)) return false;
  auto const& resources = rule["resources"];
  if (!has(resources, "*") && !has(resources, "*/*") && !has(resources, target.resource)) return false;
  auto const& scope = rule["scope"].str();
  if ((scope == "Namespaced" && target.name_space.empty()) || (scope == "Cluster" && !target.name_space.empty())) return false;
  return rule["resourceNames"].items().empty() || has(rule["resourceNames"], target.name);
}

bool any_is_about(Json const& rules, Target const& target) {
  auto const& items = rules.items();
  return std::any_of(items.begin(), items.end(), [&](Json const& rule) { return is_about(rule, target); });
}

bool fulfils(Json const& labels, Json const& expression) {
  auto const* value = labels.find(expression["key"].str());
  auto const& how = expression["operator"].str();
  bool const among = value && has(expression["values"], value->str());
  if (how == "In") return among;
  if (how == "NotIn") return !among;
  if (how == "Exists") return value;
  return how != "DoesNotExist" || !value;
}

Json constraints_of(Json const& from, char const* rules) {
  return Json::Object{{"rules", from[rules]}, {"excluded", from["excludeResourceRules"]}, {"namespaceSelector", from["namespaceSelector"]},
                      {"objectSelector", from["objectSelector"]}};
}

}  // namespace

bool selects(Json const& selector, Json const& labels) {
  for (auto const& [key, value] : selector["matchLabels"].members())
    if (auto const* label = labels.find(key); !label || *label != value) return false;
  auto const& expressions = selector["matchExpressions"].items();
  return std::all_of(expressions.begin(), expressions.end(), [&](Json const& each) { return fulfils(labels, each); });
}

Guards guards_of(Questions& ask) {
  std::vector<std::string> paths;
  for (auto const* plural : plurals) paths.push_back(path_of(std::string(group) + "/v1", plural, ""));
  auto answers = ask.get_all(paths);
  Guards guards;
  std::move(answers.begin(), answers.end(), guards.begin());
  return guards;
}

std::string Admission::doubt_about_deletion(Target const& target, Json const& object) {
  if (target.group == group) return {};  // nobody is asked about these themselves
  look();
  for (auto const& each : asked_)
    if (matches(each.constraints, target, object) && (each.also.is_null() || matches(each.also, target, object)))
      return each.name + " is asked about its deletion and may refuse it, and a rehearsal sends no deletion";
  return unseen_;
}

void Admission::look() {
  if (std::exchange(looked_, true)) return;
  std::array<std::vector<Json>, plurals.size()> found;
  for (std::size_t i = 0; i < plurals.size(); ++i) {
    auto const& answer = guards_[i];
    auto const list = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
    if (!list && answer.status != 404) unseen_ = std::string("whether a webhook or a policy may refuse its deletion could not be seen: ") + plurals[i] + " can't be listed";
    found[i] = all_of(plurals[i], list ? &*list : nullptr);
  }
  take_webhooks(found[0]);
  take_webhooks(found[1]);
  take_policies(found[2], found[3]);
}

// Helm deletes when all is written: what the upgrade makes or changes counts as well as what there is.
std::vector<Json> Admission::all_of(std::string const& plural, Json const* list) const {
  auto all = list ? (*list)["items"].items() : std::vector<Json>();
  for (auto const& [key, entry] : layer_.entries())
    if (key.resource == plural && key.group == group && entry.object) all.push_back(*entry.object);
  return all;
}

void Admission::take_webhooks(std::vector<Json> const& configurations) {
  for (auto const& configuration : configurations) {
    for (auto const& webhook : configuration["webhooks"].items()) {
      auto const& name = webhook["name"].str();
      asked_.push_back({"the webhook " + base::printable(name) + " (" + base::printable(configuration["metadata"]["name"].str()) + ")",
                        constraints_of(webhook, "rules"), {}});
    }
  }
}

// A policy without a binding that denies does nothing.
void Admission::take_policies(std::vector<Json> const& policies, std::vector<Json> const& bindings) {
  for (auto const& policy : policies) {
    for (auto const& binding : bindings) {
      auto const& spec = binding["spec"];
      if (spec["policyName"] != policy["metadata"]["name"] || !has(spec["validationActions"], "Deny")) continue;
      auto const& also = spec["matchResources"];
      asked_.push_back({"ValidatingAdmissionPolicy/" + base::printable(policy["metadata"]["name"].str()),
                        constraints_of(policy["spec"]["matchConstraints"], "resourceRules"), also.is_null() ? Json() : constraints_of(also, "resourceRules")});
    }
  }
}

bool Admission::matches(Json const& constraints, Target const& target, Json const& object) {
  // A binding without rules takes those of its policy.
  if (!constraints["rules"].items().empty() && !any_is_about(constraints["rules"], target)) return false;
  if (any_is_about(constraints["excluded"], target)) return false;
  if (!selects(constraints["objectSelector"], object["metadata"]["labels"])) return false;
  bool const is_namespace = target.group.empty() && target.resource == "namespaces";
  if (target.name_space.empty() && !is_namespace) return true;
  auto const* labels = is_namespace ? &object["metadata"]["labels"] : labels_of_namespace(target.name_space);
  return !labels || selects(constraints["namespaceSelector"], *labels);
}

Json const* Admission::labels_of_namespace(std::string const& name) {
  auto const [place, is_new] = namespaces_.try_emplace(name);
  if (is_new)
    if (auto const found = ask_.get(path_of("v1", "namespaces", "", name))) place->second = (*found)["metadata"]["labels"];
  return place->second ? &*place->second : nullptr;
}

}  // namespace rehearsal
