#include "rehearsal/references.h"

#include <algorithm>
#include <set>

#include "base/bytes.h"
#include "base/text.h"
#include "rehearsal/certificates.h"

namespace rehearsal {
namespace {

using base::Json;

constexpr std::size_t most_reads = 300;

char const* plural_of(std::string const& kind) {
  return kind == "Secret" ? "secrets" : kind == "ConfigMap" ? "configmaps" : "persistentvolumeclaims";
}

// What brings others' objects into being: a custom resource that names the object anywhere, such as a Certificate or an
// ExternalSecret.
bool names(Json const& json, std::string const& name) {
  if (json.is_string()) return json.str() == name;
  for (auto const& item : json.items())
    if (names(item, name)) return true;
  for (auto const& [key, value] : json.members())
    if (names(value, name)) return true;
  return false;
}

bool is_custom(std::string const& api_version) {
  auto const group = api_version.substr(0, api_version.find('/'));
  return group.find('.') != std::string::npos && !group.ends_with(".k8s.io");
}

std::string text_of(Referral const& to) {
  auto const object = to.kind + " " + to.name;
  return base::printable(to.key.empty() ? object : "key " + to.key + " of " + object);
}

Json const& entry_of(Json const& object, std::string const& key) {
  for (auto const* part : {"data", "stringData", "binaryData"})
    if (auto const& value = object[part][key]; !value.is_null()) return value;
  static Json const none;
  return none;
}

// A text of several lines may well end in a line break.
bool is_line_with_blank_end(std::string const& text) {
  return base::ends_in_blank(text) && base::trim(text).find('\n') == std::string_view::npos;
}

class References {
 public:
  References(Scene const& scene, std::vector<Hook> const& hooks, Questions& ask, state::Rehearsal& seen)
      : scene_(scene), hooks_(hooks), ask_(ask), seen_(seen) {}

  void look(std::vector<Json> const& others, Json const& values) {
    for (auto const& rendered : scene_.new_objects) refer(rendered, false);
    for (auto const& hook : hooks_) refer(hook.object, true);
    for (auto const& ingress : others) {
      auto const& metadata = ingress["metadata"];
      refer({"Ingress", "networking.k8s.io", scene_.name_space, base::printable(metadata["name"].str())}, ingress, referrals_of_ingress(ingress));
    }
    read_all();
    std::stable_partition(all_.begin(), all_.end(), [](Referred const& each) { return each.to.needed; });
    for (auto const& each : all_) judge(each);
    seen_.certificates = certificates_of(all_, found_, values);
    seen_.references_seen = true;
  }

 private:
  void refer(Rendered const& rendered, bool hook) {
    auto const key = ask_.resources.key_of(rendered, scene_.name_space);
    if (!key) return;
    auto const& object = hook ? rendered.object : left(*key, rendered);
    bool const has_run = !hook && rendered.kind == "Job" && scene_.played->live.contains(*key);
    if (has_run || object["spec"]["replicas"].number() == "0") return;  // no pod will be made
    state::ObjectId const by{rendered.kind, key->group, key->name_space, base::printable(rendered.name)};
    refer(by, object, rendered.kind == "Ingress" ? referrals_of_ingress(object) : referrals_of_pod(pod_spec_of(object)));
  }

  void refer(state::ObjectId const& by, Json const& object, std::vector<Referral> referrals) {
    for (auto& to : referrals) {
      Key key{"", plural_of(to.kind), by.name_space, to.name};
      all_.push_back({by, &object, std::move(to), std::move(key)});
    }
  }

  // The object as the upgrade leaves it.
  Json const& left(Key const& key, Rendered const& rendered) const {
    if (auto const* entry = scene_.played->layer.find(key); entry && entry->object) return *entry->object;
    auto const live = scene_.played->live.find(key);
    return live == scene_.played->live.end() ? rendered.object : live->second;
  }

  void read_all() {
    std::vector<std::string> paths;
    std::vector<Key> keys;
    for (auto const& hook : hooks_)
      if (auto const key = ask_.resources.key_of(hook.object, scene_.name_space)) found_[*key] = {hook.object.object, {}, {}};
    for (auto const& each : all_) {
      if (found_.contains(each.key) || take_from_layer(each)) continue;
      if (paths.size() >= most_reads) {
        found_[each.key].unseen = "the new version refers to more than " + std::to_string(most_reads) + " objects";
        continue;
      }
      found_[each.key] = {};
      keys.push_back(each.key);
      paths.push_back(path_of("v1", each.key.resource, each.key.name_space, each.key.name));
    }
    auto const answers = ask_.get_all(paths);
    for (std::size_t i = 0; i < keys.size(); ++i) found_[keys[i]] = lookup_of(answers[i]);
  }

  bool take_from_layer(Referred const& each) {
    auto const* entry = scene_.played->layer.find(each.key);
    if (!entry) return false;
    auto& found = found_[each.key];
    if (entry->object) found.object = *entry->object;
    else found.why = "the upgrade deletes " + base::printable(each.to.kind + " " + each.to.name);
    return true;
  }

  static Lookup lookup_of(clients::Answer const& answer) {
    if (answer.status == 404) return {};
    auto json = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
    if (!json) return {{}, {}, "it can't be looked at: " + clients::error_of(answer)};
    return {std::move(*json), {}, {}};
  }

  void judge(Referred const& each) {
    auto const& found = found_.at(each.key);
    auto const name = base::printable(each.to.kind + " " + each.to.name);
    state::Reference lost{.object = each.by, .field = base::printable(each.to.field), .to = text_of(each.to), .needed = each.to.needed};
    if (!found.unseen.empty()) {
      lost.unsure = found.unseen;
    } else if (found.object.is_null()) {
      lost.why = found.why.empty() ? "there is no " + name : found.why;
      lost.unsure = who_may_make(each);
    } else if (!each.to.key.empty() && entry_of(found.object, each.to.key).is_null()) {
      lost.why = name + " has no key " + base::printable(each.to.key);
      lost.unsure = who_may_make(each);
    } else {
      if (each.to.kind == "Secret" && each.to.variable) look_for_blanks(each, found.object);
      return;
    }
    if (!is_told(lost)) seen_.lost_references.push_back(std::move(lost));
  }

  // Several containers of a pod take the same; and what a pod can't start without matters more than an Ingress.
  bool is_told(state::Reference const& lost) const {
    auto const& told = seen_.lost_references;
    return std::any_of(told.begin(), told.end(), [&](state::Reference const& other) {
      auto const same = other.to == lost.to && other.why == lost.why && other.object.name_space == lost.object.name_space;
      return same && (other.object == lost.object || (other.needed && !lost.needed));
    });
  }

  std::string who_may_make(Referred const& each) const {
    for (auto const& rendered : scene_.new_objects)
      if (is_custom(rendered.api_version) && names(rendered.object, each.to.name))
        return base::printable(rendered.kind + "/" + rendered.name) + " of the new version names it and may make it";
    for (auto const& [key, value] : (*each.object)["metadata"]["annotations"].members())
      if (key.starts_with("cert-manager.io/") || key == "kubernetes.io/tls-acme") return "its annotation " + base::printable(key) + " asks for it to be made";
    for (auto const& hook : hooks_)
      if (hook.event.starts_with("pre-") && hook.object.name != each.by.name && !pod_spec_of(hook.object.object).is_null())
        return "the " + hook.event + " hook " + base::printable(hook.object.kind + "/" + hook.object.name) + " runs before and may make it";
    return {};
  }

  void look_for_blanks(Referred const& each, Json const& secret) {
    for (auto const& [key, packed] : secret["data"].members()) {
      if (!each.to.key.empty() && key != each.to.key) continue;
      auto const text = base::from_base64(packed.str());
      if (!text || !is_line_with_blank_end(*text)) continue;
      state::BlankEnd blank{each.by, base::printable(each.to.field), base::printable(each.to.name), base::printable(key)};
      auto const same = [&](state::BlankEnd const& other) { return other.object == blank.object && other.secret == blank.secret && other.key == blank.key; };
      if (std::none_of(seen_.blank_ends.begin(), seen_.blank_ends.end(), same)) seen_.blank_ends.push_back(std::move(blank));
    }
  }

  Scene const& scene_;
  std::vector<Hook> const& hooks_;
  Questions& ask_;
  state::Rehearsal& seen_;
  std::vector<Referred> all_;
  std::map<Key, Lookup> found_;
};

}  // namespace

void look_at_references(Scene const& scene, std::vector<Hook> const& hooks, std::vector<Json> const& others, Json const& values, Questions& ask,
                        state::Rehearsal& seen) {
  References(scene, hooks, ask, seen).look(others, values);
}

}  // namespace rehearsal
