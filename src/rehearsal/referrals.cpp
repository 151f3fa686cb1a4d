#include "rehearsal/referrals.h"

#include "rehearsal/trials.h"

namespace rehearsal {
namespace {

using base::Json;

class PodReader {
 public:
  std::vector<Referral> read(Json const& spec) {
    for (auto const* kind : {"initContainers", "containers"})
      for (auto const& container : spec[kind].items()) read_container(container, std::string(kind) + "[" + container["name"].str() + "]");
    for (auto const& volume : spec["volumes"].items()) read_volume(volume);
    for (auto const& secret : spec["imagePullSecrets"].items())
      add({.field = "imagePullSecrets", .kind = "Secret", .name = secret["name"].str(), .needed = false}, secret);
    return std::move(all_);
  }

 private:
  void add(Referral referral, Json const& source) {
    if (!referral.name.empty() && !source["optional"].bool_or(false)) all_.push_back(std::move(referral));
  }

  void read_container(Json const& container, std::string const& at) {
    for (auto const& variable : container["env"].items()) {
      auto const field = at + ".env[" + variable["name"].str() + "]";
      auto const &from = variable["valueFrom"], &secret = from["secretKeyRef"], &map = from["configMapKeyRef"];
      add({.field = field, .kind = "Secret", .name = secret["name"].str(), .key = secret["key"].str(), .variable = true}, secret);
      add({.field = field, .kind = "ConfigMap", .name = map["name"].str(), .key = map["key"].str(), .variable = true}, map);
    }
    for (auto const& from : container["envFrom"].items()) {
      auto const &secret = from["secretRef"], &map = from["configMapRef"];
      add({.field = at + ".envFrom", .kind = "Secret", .name = secret["name"].str(), .variable = true}, secret);
      add({.field = at + ".envFrom", .kind = "ConfigMap", .name = map["name"].str(), .variable = true}, map);
    }
  }

  void read_volume(Json const& volume) {
    auto const field = "volumes[" + volume["name"].str() + "]";
    add_files(field, "Secret", volume["secret"]["secretName"].str(), volume["secret"]);
    add_files(field, "ConfigMap", volume["configMap"]["name"].str(), volume["configMap"]);
    for (auto const& source : volume["projected"]["sources"].items()) {
      add_files(field, "Secret", source["secret"]["name"].str(), source["secret"]);
      add_files(field, "ConfigMap", source["configMap"]["name"].str(), source["configMap"]);
    }
    auto const& claim = volume["persistentVolumeClaim"];
    add({.field = field, .kind = "PersistentVolumeClaim", .name = claim["claimName"].str()}, claim);
  }

  void add_files(std::string const& field, std::string const& kind, std::string const& name, Json const& source) {
    auto const& items = source["items"].items();
    if (items.empty()) add({.field = field, .kind = kind, .name = name, .mounted = true}, source);
    for (auto const& item : items) add({.field = field, .kind = kind, .name = name, .key = item["key"].str(), .mounted = true}, source);
  }

  std::vector<Referral> all_;
};

}  // namespace

Json const& pod_spec_of(Json const& object) {
  auto const& kind = object["kind"].str();
  auto const& spec = object["spec"];
  static Json const none;
  if (kind == "Pod") return spec;
  if (kind == "CronJob") return spec["jobTemplate"]["spec"]["template"]["spec"];
  return is_workload(kind) ? spec["template"]["spec"] : none;
}

std::vector<Referral> referrals_of_pod(Json const& pod_spec) { return PodReader().read(pod_spec); }

std::vector<Referral> referrals_of_ingress(Json const& ingress) {
  std::vector<Referral> all;
  for (auto const& tls : ingress["spec"]["tls"].items())
    if (auto const& name = tls["secretName"].str(); !name.empty())
      all.push_back({.field = "spec.tls", .kind = "Secret", .name = name, .needed = false});
  return all;
}

}  // namespace rehearsal
