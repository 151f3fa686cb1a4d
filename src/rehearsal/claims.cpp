#include "rehearsal/claims.h"

#include <algorithm>
#include <optional>
#include <set>

#include "base/text.h"
#include "rehearsal/quantity.h"

namespace rehearsal {
namespace {

using base::Json;

// A StatefulSet of the old version, and the same of the new one.
struct Set {
  Key key;
  Json const* before = nullptr;
  Json const* after = nullptr;  // nothing: it goes
};

Json const& template_of(Json const& set, std::string const& name) {
  for (auto const& each : set["spec"]["volumeClaimTemplates"].items())
    if (each["metadata"]["name"].str() == name) return each["spec"];
  static Json const none;
  return none;
}

Json const& size_in(Json const& claim_spec) { return claim_spec["resources"]["requests"]["storage"]; }

std::string text_of(Json const& size) { return size.is_number() ? size.number() : size.str(); }

bool is_less(Json const& a, Json const& b) {
  auto const less = Quantity::of(a), more = Quantity::of(b);
  return less && more && *less < *more;
}

// DATA-SET-0 is the claim that StatefulSet SET makes from its template DATA for its first pod.
bool is_claim_of(std::string const& claim, std::string const& prefix) {
  return claim.starts_with(prefix) && base::whole_number(std::string_view(claim).substr(prefix.size()));
}

class Claims {
 public:
  Claims(Scene const& scene, Questions& ask, state::Rehearsal& seen) : scene_(scene), ask_(ask), seen_(seen) {}

  void look() {
    auto const sets = find_sets();
    std::set<std::string> spaces;
    for (auto const& set : sets) spaces.insert(set.key.name_space);
    std::vector<std::string> paths;
    for (auto const& space : spaces) paths.push_back(path_of("v1", "persistentvolumeclaims", space));
    auto const answers = ask_.get_all(paths);
    std::size_t i = 0;
    for (auto const& space : spaces) {
      auto const& answer = answers[i++];
      auto const list = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
      for (auto const& set : sets)
        if (set.key.name_space == space && !list) doubt(set, clients::error_of(answer));
        else if (set.key.name_space == space) judge(set, (*list)["items"].items());
    }
    seen_.claims_seen = true;
  }

 private:
  std::vector<Set> find_sets() {
    std::vector<Set> sets;
    for (auto const& rendered : scene_.old_objects) {
      if (rendered.kind != "StatefulSet" || rendered.object["spec"]["volumeClaimTemplates"].items().empty()) continue;
      auto const key = ask_.resources.key_of(rendered, scene_.name_space);
      if (!key) continue;
      auto const after = scene_.new_by_key.find(*key);
      sets.push_back({*key, &rendered.object, after == scene_.new_by_key.end() ? nullptr : &after->second->object});
    }
    return sets;
  }

  state::Claim claim_of(Set const& set, std::string const& name) const {
    return {.object = {"PersistentVolumeClaim", "", set.key.name_space, base::printable(name)}, .set = "StatefulSet/" + base::printable(set.key.name)};
  }

  void doubt(Set const& set, std::string const& why) {
    auto claim = claim_of(set, "");
    claim.unsure = "the claims of namespace " + set.key.name_space + " can't be listed: " + why;
    seen_.claims.push_back(std::move(claim));
  }

  void judge(Set const& set, Json::Array const& claims) {
    for (auto const& each : (*set.before)["spec"]["volumeClaimTemplates"].items()) {
      auto const& name = each["metadata"]["name"].str();
      for (auto const& claim : claims)
        if (is_claim_of(claim["metadata"]["name"].str(), name + "-" + set.key.name + "-")) judge(set, name, each["spec"], claim);
    }
  }

  void judge(Set const& set, std::string const& name, Json const& old, Json const& claim) {
    auto found = claim_of(set, claim["metadata"]["name"].str());
    auto const& wanted = set.after ? template_of(*set.after, name) : Json();
    if (wanted.is_null()) return seen_.claims.push_back(std::move(found));
    auto const& size = size_in(wanted);
    auto const& has = size_in(claim["spec"]);
    if (text_of(size) != text_of(size_in(old)) && is_less(has, size)) add(found, "size", text_of(has), text_of(size));
    auto const& storage = wanted["storageClassName"].str();
    auto const& of = claim["spec"]["storageClassName"].str();
    if (!storage.empty() && storage != old["storageClassName"].str() && storage != of) add(found, "class", of, storage);
  }

  void add(state::Claim claim, std::string const& field, std::string const& is, std::string const& wanted) {
    claim.field = field, claim.is = base::printable(is), claim.wanted = base::printable(wanted);
    seen_.claims.push_back(std::move(claim));
  }

  Scene const& scene_;
  Questions& ask_;
  state::Rehearsal& seen_;
};

}  // namespace

void look_at_claims(Scene const& scene, Questions& ask, state::Rehearsal& seen) { Claims(scene, ask, seen).look(); }

}  // namespace rehearsal
