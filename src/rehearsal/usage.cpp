#include "rehearsal/usage.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace rehearsal {
namespace {

using base::Json;

Usage quantities(Json const& list) {
  Usage all;
  for (auto const& [name, value] : list.members())
    if (auto const quantity = Quantity::of(value)) all[name] = *quantity;
  return all;
}

// What is asked for: where only a limit is given, it is the request too.
Usage asked(Json const& resources, bool limits) {
  auto all = quantities(resources["limits"]);
  if (!limits)
    for (auto const& [name, quantity] : quantities(resources["requests"])) all[name] = quantity;
  return all;
}

void raise_to(Usage& usage, Usage const& other) {
  for (auto const& [name, quantity] : other) {
    auto const found = usage.try_emplace(name, quantity).first;
    found->second = std::max(found->second, quantity);
  }
}

// Init containers run one after the other before the others, but those that go on beside them add up.
Usage of_containers(Json const& spec, bool limits) {
  Usage together, beside, highest;
  for (auto const& container : spec["initContainers"].items()) {
    auto needs = asked(container["resources"], limits);
    add(needs, beside, 1);
    raise_to(highest, needs);
    if (container["restartPolicy"].str() == "Always") beside = std::move(needs);
  }
  for (auto const& container : spec["containers"].items()) add(together, asked(container["resources"], limits), 1);
  add(together, beside, 1);
  raise_to(together, highest);
  for (auto const& [name, quantity] : asked(spec["resources"], limits)) together[name] = quantity;  // of the pod as a whole
  add(together, quantities(spec["overhead"]), 1);
  return together;
}

bool has_any(Json const& list) {
  return std::any_of(list.members().begin(), list.members().end(), [](auto const& each) { return each.first == "cpu" || each.first == "memory"; });
}

bool is_best_effort(Json const& spec) {
  for (auto const* part : {"containers", "initContainers"})
    for (auto const& container : spec[part].items())
      for (auto const* kind : {"requests", "limits"})
        if (has_any(container["resources"][kind])) return false;
  return !has_any(spec["resources"]["requests"]) && !has_any(spec["resources"]["limits"]);
}

std::optional<bool> in_scope(std::string const& scope, Json const& spec) {
  bool const ends = !spec["activeDeadlineSeconds"].is_null();
  if (scope == "Terminating") return ends;
  if (scope == "NotTerminating") return !ends;
  if (scope == "BestEffort") return is_best_effort(spec);
  if (scope == "NotBestEffort") return !is_best_effort(spec);
  if (scope == "PriorityClass") return !spec["priorityClassName"].str().empty();
  return {};
}

std::optional<bool> matches(Json const& term, Json const& spec) {
  auto const& scope = term["scopeName"].str();
  auto const& with = term["operator"].str();
  if (with == "Exists") return in_scope(scope, spec);
  if (scope != "PriorityClass") return {};
  auto const& name = spec["priorityClassName"].str();
  if (with == "DoesNotExist") return name.empty();
  auto const& values = term["values"].items();
  bool const listed = std::any_of(values.begin(), values.end(), [&](Json const& value) { return value.str() == name; });
  if (with == "In") return listed;
  return with == "NotIn" ? std::optional(!listed) : std::nullopt;
}

void add_service(Usage& usage, Json const& spec) {
  auto const& type = spec["type"].str();
  auto const& ports = spec["ports"].items();
  auto node_ports = static_cast<std::int64_t>(ports.size());
  if (type == "LoadBalancer") {
    usage["services.loadbalancers"] = Quantity(1);
    if (!spec["allocateLoadBalancerNodePorts"].bool_or(true))
      node_ports = std::count_if(ports.begin(), ports.end(), [](Json const& port) { return port["nodePort"].int_or(0) != 0; });
  }
  if (type == "LoadBalancer" || type == "NodePort") usage["services.nodeports"] = Quantity(node_ports);
}

// Those that have a name of their own in quotas, beside "count/…".
bool is_counted_by_name(Key const& key) {
  static constexpr std::array names = {"configmaps", "persistentvolumeclaims", "replicationcontrollers", "resourcequotas", "secrets", "services"};
  return key.group.empty() && std::find(names.begin(), names.end(), key.resource) != names.end();
}

}  // namespace

void add(Usage& usage, Usage const& other, std::int64_t times) {
  for (auto const& [name, quantity] : other) usage[name] += quantity.times(times);
}

Usage usage_of_pod(Json const& pod) {
  Usage usage{{"pods", Quantity(1)}, {"count/pods", Quantity(1)}};
  for (auto const& [name, quantity] : of_containers(pod["spec"], false)) {
    usage["requests." + name] = quantity;
    if (name == "cpu" || name == "memory" || name == "ephemeral-storage" || name.starts_with("hugepages-")) usage[name] = quantity;
  }
  for (auto const& [name, quantity] : of_containers(pod["spec"], true)) usage["limits." + name] = quantity;
  return usage;
}

Usage usage_of_claim(Json const& claim) {
  Usage usage{{"persistentvolumeclaims", Quantity(1)}, {"count/persistentvolumeclaims", Quantity(1)}};
  auto const& spec = claim["spec"];
  auto const size = Quantity::of(spec["resources"]["requests"]["storage"]).value_or(Quantity());
  usage["requests.storage"] = size;
  auto const& named = claim["metadata"]["annotations"]["volume.beta.kubernetes.io/storage-class"].str();
  if (auto const& storage = named.empty() ? spec["storageClassName"].str() : named; !storage.empty()) {
    auto const prefix = storage + ".storageclass.storage.k8s.io/";
    usage[prefix + "requests.storage"] = size;
    usage[prefix + "persistentvolumeclaims"] = Quantity(1);
  }
  return usage;
}

Usage usage_of(Key const& key, std::string const& group, Json const& object) {
  if (key.group.empty() && key.resource == "persistentvolumeclaims") return usage_of_claim(object);
  if (key.group.empty() && key.resource == "pods") return usage_of_pod(object);
  Usage usage{{"count/" + key.resource + (group.empty() ? "" : "." + group), Quantity(1)}};
  if (is_counted_by_name(key)) usage[key.resource] = Quantity(1);
  if (key.group.empty() && key.resource == "services") add_service(usage, object["spec"]);
  return usage;
}

std::optional<bool> counts_pod(Json const& quota, Json const& pod) {
  std::vector<std::optional<bool>> answers;
  for (auto const& scope : quota["spec"]["scopes"].items()) answers.push_back(in_scope(scope.str(), pod["spec"]));
  for (auto const& term : quota["spec"]["scopeSelector"]["matchExpressions"].items()) answers.push_back(matches(term, pod["spec"]));
  if (std::find(answers.begin(), answers.end(), std::optional(false)) != answers.end()) return false;
  if (std::find(answers.begin(), answers.end(), std::nullopt) != answers.end()) return {};
  return true;
}

bool is_scoped(Json const& quota) {
  return !quota["spec"]["scopes"].items().empty() || !quota["spec"]["scopeSelector"]["matchExpressions"].items().empty();
}

bool is_of_pods(std::string const& resource) {
  if (resource == "requests.storage") return false;
  static constexpr std::array names = {"pods", "count/pods", "cpu", "memory", "ephemeral-storage"};
  return std::find(names.begin(), names.end(), resource) != names.end() || resource.starts_with("requests.") ||
         resource.starts_with("limits.") || resource.starts_with("hugepages-");
}

}  // namespace rehearsal
