#include "rehearsal/storage.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "rehearsal/quantity.h"

namespace rehearsal {
namespace {

using base::Json;

constexpr std::int64_t most_pods = 100;  // of a StatefulSet, whose claims are looked at

// What makes claims: an object of the manifest, or a template of a StatefulSet, which makes one for each pod.
struct Maker {
  Key key;
  Json const& claim;
  std::string prefix = {};  // "data-db-", which a number follows; empty: the object itself
  std::int64_t first = 0, count = 1;
};

// What the claim asks for: "" is a volume without a class, nothing is the default class.
std::optional<std::string> class_of(Json const& claim) {
  auto const& old = claim["metadata"]["annotations"]["volume.beta.kubernetes.io/storage-class"];
  auto const& named = old.is_string() ? old : claim["spec"]["storageClassName"];
  return named.is_string() ? std::optional(named.str()) : std::nullopt;
}

bool is_default(Json const& storage_class) {
  auto const& annotations = storage_class["metadata"]["annotations"];
  return annotations["storageclass.kubernetes.io/is-default-class"].str() == "true" ||
         annotations["storageclass.beta.kubernetes.io/is-default-class"].str() == "true";
}

bool has_modes(Json const& volume, Json const& claim) {
  auto const& there = volume["spec"]["accessModes"].items();
  auto const& wanted = claim["spec"]["accessModes"].items();
  return std::all_of(wanted.begin(), wanted.end(), [&](Json const& mode) { return std::find(there.begin(), there.end(), mode) != there.end(); });
}

// Nobody else has it, and it is not kept for somebody else.
bool is_free(Json const& volume, std::string const& name_space, std::string const& claim) {
  auto const& reserved = volume["spec"]["claimRef"];
  if (volume["status"]["phase"].str() != "Available") return false;
  return reserved.is_null() || (reserved["namespace"].str() == name_space && reserved["name"].str() == claim);
}

bool is_large_enough(Json const& volume, Json const& claim) {
  auto const has = Quantity::of(volume["spec"]["capacity"]["storage"]), wanted = Quantity::of(claim["spec"]["resources"]["requests"]["storage"]);
  return has && wanted && *has >= *wanted;
}

class Storage {
 public:
  Storage(Scene const& scene, Questions& ask, state::Rehearsal& seen) : scene_(scene), ask_(ask), seen_(seen) {}

  void look() {
    auto const makers = find_makers();
    if (!makers.empty()) ask(makers);
    for (auto const& maker : makers) judge(maker);
    seen_.storage_seen = true;
  }

 private:
  std::vector<Maker> find_makers() const {
    std::vector<Maker> all;
    for (auto const& [key, rendered] : scene_.new_by_key) {
      auto const& spec = rendered->object["spec"];
      if (key.group.empty() && key.resource == "persistentvolumeclaims") all.push_back({key, rendered->object});
      if (key.group != "apps" || key.resource != "statefulsets") continue;
      for (auto const& each : spec["volumeClaimTemplates"].items())
        all.push_back({key, each, each["metadata"]["name"].str() + "-" + key.name + "-", spec["ordinals"]["start"].int_or(0),
                       std::clamp<std::int64_t>(spec["replicas"].int_or(1), 0, most_pods)});
    }
    return all;
  }

  // The claims that are there, and the classes as the upgrade leaves them.
  void ask(std::vector<Maker> const& makers) {
    std::set<std::string> spaces;
    for (auto const& maker : makers) spaces.insert(maker.key.name_space);
    auto const classes = path_of("storage.k8s.io/v1", "storageclasses", "");
    std::vector<std::string> paths{classes};
    for (auto const& space : spaces) paths.push_back(path_of("v1", "persistentvolumeclaims", space));
    auto const answers = ask_.get_all(paths);
    classes_ = list_of(answers[0], classes, "the storage classes");
    std::size_t i = 1;
    for (auto const& space : spaces) {
      auto const list = answers[i].ok() ? base::parse_json(answers[i].body) : std::nullopt;
      if (!list) no_claims_.insert(space);
      for (auto const& claim : list ? (*list)["items"].items() : Json::Array()) claims_.insert({space, claim["metadata"]["name"].str()});
      ++i;
    }
  }

  struct List {
    Json::Array items;
    std::string why_not;
  };
  List list_of(clients::Answer const& answer, std::string const& path, std::string const& what) const {
    auto list = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
    if (!list) return {{}, what + " can't be listed: " + base::printable(clients::error_of(answer))};
    scene_.played->layer.merge_into(*list, parse_target(path));
    return {(*list)["items"].items(), {}};
  }

  // One that is told of is enough: the others of a template want the same.
  void judge(Maker const& maker) {
    for (auto i = maker.first; i < maker.first + maker.count; ++i) {
      auto const name = maker.prefix.empty() ? maker.key.name : maker.prefix + std::to_string(i);
      if (claims_.contains({maker.key.name_space, name})) continue;
      if (!judge(maker, name)) return;
    }
  }

  // False: it has no storage, as far as can be seen. One that names its volume needs no class.
  bool judge(Maker const& maker, std::string const& name) {
    auto const wanted = class_of(maker.claim);
    if (!maker.claim["spec"]["volumeName"].str().empty() || has_class(wanted)) return true;
    state::Unserved unserved{.object = {"PersistentVolumeClaim", "", maker.key.name_space, base::printable(name)},
                             .set = maker.prefix.empty() ? "" : "StatefulSet/" + base::printable(maker.key.name)};
    if (!classes_.why_not.empty() && wanted != "") {
      unserved.unsure = classes_.why_not;
    } else {
      if (takes_volume(maker, name, wanted.value_or(""))) return true;
      unserved.why = trouble_with(wanted);
      unserved.unsure = volumes_->why_not;
      if (unserved.unsure.empty() && no_claims_.contains(maker.key.name_space)) unserved.unsure = "whether the claim is there already can't be seen";
    }
    seen_.unserved.push_back(std::move(unserved));
    return false;
  }

  bool has_class(std::optional<std::string> const& wanted) const {
    auto const serves = [&](Json const& each) { return wanted ? each["metadata"]["name"].str() == *wanted : is_default(each); };
    return wanted != "" && std::any_of(classes_.items.begin(), classes_.items.end(), serves);
  }

  static std::string trouble_with(std::optional<std::string> const& wanted) {
    if (!wanted) return "it names no storage class, none is the default, and no free volume without a class fits";
    if (wanted->empty()) return "it wants a volume without a storage class, and none that is free fits";
    auto const name = base::printable(*wanted);
    return "there is no storage class " + name + ", and no free volume of such a class fits";
  }

  // Each volume is for one claim only. They are asked for where no class serves, which is rare.
  bool takes_volume(Maker const& maker, std::string const& name, std::string const& of_class) {
    if (!volumes_) {
      auto const path = path_of("v1", "persistentvolumes", "");
      volumes_ = list_of(ask_.get_all({path}).front(), path, "the volumes");
    }
    auto const fits = [&](Json const& volume) {
      return volume["spec"]["storageClassName"].str() == of_class && is_free(volume, maker.key.name_space, name) && has_modes(volume, maker.claim) && is_large_enough(volume, maker.claim);
    };
    auto const found = std::find_if(volumes_->items.begin(), volumes_->items.end(), fits);
    if (found == volumes_->items.end()) return false;
    volumes_->items.erase(found);
    return true;
  }

  Scene const& scene_;
  Questions& ask_;
  state::Rehearsal& seen_;
  std::set<std::pair<std::string, std::string>> claims_;  // namespace and name
  std::set<std::string> no_claims_;                       // namespaces whose claims can't be listed
  List classes_;
  std::optional<List> volumes_;
};

}  // namespace

void look_at_storage(Scene const& scene, Questions& ask, state::Rehearsal& seen) { Storage(scene, ask, seen).look(); }

}  // namespace rehearsal
