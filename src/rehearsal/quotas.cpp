#include "rehearsal/quotas.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"

namespace rehearsal {
namespace {

using base::Json;

// Kinds that a quota also counts under their bare name; source: k8s.io/kubernetes pkg/quota/v1/evaluator/core.
bool has_bare_name(Target const& target) {
  static constexpr std::array names = {"pods", "services", "secrets", "configmaps", "persistentvolumeclaims", "resourcequotas", "replicationcontrollers"};
  return target.group.empty() && std::find(names.begin(), names.end(), target.resource) != names.end();
}

void add_service(Charges& all, Json const& object, int sign) {
  auto const& spec = object["spec"];
  auto const& type = spec["type"].str();
  auto const ports = std::ssize(spec["ports"].items());
  bool const without_node_ports = type == "LoadBalancer" && !spec["allocateLoadBalancerNodePorts"].bool_or(true);
  if (type == "LoadBalancer") all["services.loadbalancers"] += Quantity(sign);
  if (type == "NodePort" || (type == "LoadBalancer" && !without_node_ports)) all["services.nodeports"] += Quantity(sign * ports);
}

void add_claim(Charges& all, Json const& object, int sign) {
  auto const& spec = object["spec"];
  auto const stored = Quantity::of(spec["resources"]["requests"]["storage"]);
  if (!stored) return;
  auto const size = sign < 0 ? -*stored : *stored;
  all["requests.storage"] += size;
  auto const& storage_class = spec["storageClassName"].str();
  if (!storage_class.empty()) all[storage_class + ".storageclass.storage.k8s.io/requests.storage"] += size;
}

}  // namespace

Charges charges_of(Recorded const& write) {
  Charges all;
  auto const& target = write.target;
  if (write.creates) {
    all["count/" + target.resource + (target.group.empty() ? "" : "." + target.group)] = Quantity(1);
    if (has_bare_name(target)) all[target.resource] = Quantity(1);
  }
  auto const& after = write.after;
  if (target.group.empty() && target.resource == "services") {
    add_service(all, after, 1);
    if (!write.creates) add_service(all, write.before, -1);
  }
  if (target.group.empty() && target.resource == "persistentvolumeclaims") {
    add_claim(all, after, 1);
    if (!write.creates) add_claim(all, write.before, -1);
    auto const& storage_class = after["spec"]["storageClassName"].str();
    if (write.creates && !storage_class.empty()) all[storage_class + ".storageclass.storage.k8s.io/persistentvolumeclaims"] = Quantity(1);
  }
  std::erase_if(all, [](auto const& charge) { return charge.second == Quantity(); });
  return all;
}

std::vector<Quotas::Quota> const& Quotas::quotas_in(std::string const& name_space) {
  auto const [known, fresh] = known_.try_emplace(name_space);
  if (!fresh) return known->second;
  auto const list = ask_.get(path_of("v1", "resourcequotas", name_space));
  if (!list) return known->second;  // who may not read them learns of each write alone
  for (auto const& quota : (*list)["items"].items())
    known->second.push_back({quota["metadata"]["name"].str(), quota["status"]["hard"], quota["status"]["used"]});
  return known->second;
}

void Quotas::charge(state::Verdict& verdict, Recorded const& write) {
  if (verdict.judgement == state::Judgement::rejected || write.target.name_space.empty()) return;
  auto const charges = charges_of(write);
  auto const& home = write.target.name_space;
  bool const not_the_first = std::any_of(charges.begin(), charges.end(), [&](auto const& charge) { return charged_.contains({home, charge.first}); });
  auto const why = not_the_first ? exceeded(write, charges) : "";
  if (!why.empty()) {
    verdict.judgement = state::Judgement::rejected;
    verdict.cause = state::Cause::quota;
    verdict.status = 403;
    verdict.message = why;
    return;
  }
  for (auto const& [key, amount] : charges) charged_[{home, key}] += amount;
}

// What the API server would say, had it made the earlier writes.
std::string Quotas::exceeded(Recorded const& write, Charges const& charges) {
  for (auto const& quota : quotas_in(write.target.name_space)) {
    for (auto const& [key, amount] : charges) {
      auto const hard = Quantity::of(quota.hard[key]), used = Quantity::of(quota.used[key]);
      auto const earlier = charged_.find({write.target.name_space, key});
      if (amount <= Quantity() || !hard || !used || earlier == charged_.end()) continue;
      auto then = *used;
      then += earlier->second;
      auto sum = then;
      sum += amount;
      if (sum <= *hard) continue;
      return write.target.resource + " \"" + write.target.name + "\" is forbidden: exceeded quota: " + base::printable(quota.name) +
             ", requested: " + key + "=" + amount.text() + ", used: " + key + "=" + then.text() +
             " (with what the upgrade creates before), limited: " + key + "=" + hard->text();
    }
  }
  return {};
}

}  // namespace rehearsal
