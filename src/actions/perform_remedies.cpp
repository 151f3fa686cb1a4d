#include "actions/perform_remedies.h"

#include <algorithm>
#include <array>
#include <set>

#include "actions/plan_upgrade.h"
#include "rehearsal/manifest.h"
#include "rehearsal/ownership.h"
#include "rehearsal/questions.h"
#include "state/marks.h"

namespace actions {
namespace {

using base::Json;

std::string group_of(std::string const& api_version) {
  auto const slash = api_version.find('/');
  return slash == std::string::npos ? "" : api_version.substr(0, slash);
}

// What the garbage collector would take with an object, or let go of: where people look for that. The kind, and where.
struct Kind {
  char const *kind, *group, *collection;
};
constexpr std::array dependent_kinds = {
    Kind{"Pod", "", "/api/v1/namespaces/%/pods"},
    Kind{"ReplicaSet", "apps", "/apis/apps/v1/namespaces/%/replicasets"},
    Kind{"ControllerRevision", "apps", "/apis/apps/v1/namespaces/%/controllerrevisions"},
    Kind{"Job", "batch", "/apis/batch/v1/namespaces/%/jobs"},
    Kind{"PersistentVolumeClaim", "", "/api/v1/namespaces/%/persistentvolumeclaims"},
    Kind{"Secret", "", "/api/v1/namespaces/%/secrets"},
    Kind{"ConfigMap", "", "/api/v1/namespaces/%/configmaps"},
    Kind{"Service", "", "/api/v1/namespaces/%/services"},
};

class Dependents {
 public:
  Dependents(clients::Kubernetes& api, std::string const& name_space) : api_(api), name_space_(name_space) {}

  // Those of an object and theirs, in the order in which they depend.
  std::vector<Object> of(std::string const& uid) {
    if (all_.empty()) list();
    std::vector<Object> found;
    std::vector<std::string> owners = {uid};
    for (std::size_t i = 0; i < owners.size(); ++i)
      for (auto const& [owner, object] : all_)
        if (owner == owners[i]) found.push_back(object), owners.push_back(object.uid);
    return found;
  }

 private:
  void list() {
    for (auto const& kind : dependent_kinds) {
      std::string collection = kind.collection;
      collection.replace(collection.find('%'), 1, name_space_);
      auto const answer = api_.send("GET", collection, {}, {}, "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
      auto const items = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
      if (!items) continue;
      for (auto const& item : (*items)["items"].items())
        for (auto const& owner : item["metadata"]["ownerReferences"].items()) {
          auto const& name = item["metadata"]["name"].str();
          all_.emplace_back(owner["uid"].str(), Object{{kind.kind, kind.group, name_space_, name}, collection + "/" + name, item["metadata"]["uid"].str()});
        }
    }
  }

  clients::Kubernetes& api_;
  std::string const& name_space_;
  std::vector<std::pair<std::string, Object>> all_;  // by the uid of the owner
};

Json const* rendered_in(std::vector<rehearsal::Rendered> const& objects, state::ObjectId const& id) {
  for (auto const& each : objects)
    if (each.kind == id.kind && each.name == id.name && (each.name_space.empty() || each.name_space == id.name_space)) return &each.object;
  return nullptr;
}

class Finder {
 public:
  Finder(state::Request const& request, rehearsal::Rehearsed const& first, Json const& base, clients::Kubernetes& api)
      : request_(request), first_(first), api_(api), dependents_(api, request.name_space),
        old_objects_(rehearsal::parse_manifest(base["manifest"].str())) {
    if (first.release) new_objects_ = rehearsal::parse_manifest((*first.release)["manifest"].str());
  }

  void add(How how, std::string const& name, Choice const& choice) {
    std::string why;
    auto const found = rehearsal::find_object(name, request_.name_space, api_, &why);
    auto const flag = "--" + std::string(name_of(how)) + " " + name + ": ";
    if (!found) throw Refused(flag + why + ".", report::wrong_usage);
    auto const& target = found->target;
    auto const& metadata = found->object["metadata"];
    Remedy remedy{how, {{found->object["kind"].str(), group_of(target.api_version()), target.name_space, target.name}, target.path, metadata["uid"].str()},
                  found->object, {}, {}};
    if (is_known(remedy, flag)) return;
    if (how == How::recreate) prepare(remedy, target, flag, choice);
    if (auto const sentence = refused(remedy, request_, first_.seen); !sentence.empty()) throw Refused(sentence, report::forbidden);
    take_in(remedy, *found);
    result_.all.push_back(std::move(remedy));
  }

  Remedies result() { return std::move(result_); }

 private:
  // The same object may be named in several ways. What is adopted and made anew is adopted by being made anew.
  bool is_known(Remedy const& remedy, std::string const& flag) {
    auto const known = std::find_if(result_.all.begin(), result_.all.end(), [&](auto const& each) { return each.object.uid == remedy.object.uid; });
    if (known == result_.all.end()) return false;
    if (known->how == remedy.how) return true;
    if (known->how != How::adopt || remedy.how != How::recreate) throw Refused(flag + "there is another remedy for it already.", report::wrong_usage);
    result_.all.erase(known);
    return false;
  }

  void prepare(Remedy& remedy, rehearsal::Target const& target, std::string const& flag, Choice const& choice) {
    remedy.foreign = is_foreign(remedy.object.id, first_.seen);
    auto const name = remedy.object.id.kind + "/" + remedy.object.id.name;
    if (remedy.foreign && std::find(choice.adopt.begin(), choice.adopt.end(), name) == choice.adopt.end())
      throw Refused(flag + "it is not the release's; if it is to become so, give --adopt " + name + " too.", report::forbidden);
    remedy.dependents = dependents_.of(remedy.object.uid);
    if (remedy.object.id.kind != "Service") return;
    auto const* wanted = rendered_in(new_objects_, remedy.object.id);
    if (!wanted) throw Refused(flag + "the new version does not have it.", report::wrong_usage);
    auto const* before = rendered_in(old_objects_, remedy.object.id);
    remedy.next = service_anew(*wanted, remedy.live, before ? *before : Json(), request_);
    try_out(remedy.next, target, flag);
  }

  // As a new object beside the old one, which is still there.
  void try_out(Json next, rehearsal::Target const& target, std::string const& flag) {
    rehearsal::Questions ask(api_);
    rehearsal::renamed_for_trial(next, target.name);
    auto const verdict = ask.try_create({target.api_version(), target.resource, target.name_space, next});
    if (verdict.judgement == state::Judgement::rejected)
      throw Refused(flag + "the API server would not take the new one: " + verdict.message + ".", report::forbidden);
  }

  void take_in(Remedy const& remedy, rehearsal::Found const& found) {
    if (remedy.how == How::adopt) rehearsal::adopted(result_.start, found, request_.release, request_.name_space);
    if (remedy.how == How::protect) rehearsal::kept(result_.start, found);
    if (remedy.how == How::recreate && remedy.next.is_null()) rehearsal::removed(result_.start, found);
    if (remedy.how == How::recreate && !remedy.next.is_null()) rehearsal::remade(result_.start, found, remedy.next);
  }

  state::Request const& request_;
  rehearsal::Rehearsed const& first_;
  clients::Kubernetes& api_;
  Dependents dependents_;
  std::vector<rehearsal::Rendered> old_objects_, new_objects_;
  Remedies result_;
};

}  // namespace

Remedies find_remedies(Choice const& choice, state::Request const& request, rehearsal::Rehearsed const& first, Json const& base,
                       clients::Kubernetes& api) {
  Finder finder(request, first, base, api);
  for (auto const& name : choice.protect) finder.add(How::protect, name, choice);
  for (auto const& name : choice.adopt) finder.add(How::adopt, name, choice);
  for (auto const& name : choice.recreate) finder.add(How::recreate, name, choice);
  return finder.result();
}

std::vector<Object> objects_of(Json const& release, std::string const& name_space, clients::Kubernetes& api) {
  rehearsal::Resources resources(api);
  std::vector<Object> all;
  for (auto const& rendered : rehearsal::parse_manifest(release["manifest"].str()))
    if (auto const key = resources.key_of(rendered, name_space))
      all.push_back({{rendered.kind, group_of(rendered.api_version), key->name_space, rendered.name},
                     rehearsal::path_of(rendered.api_version, key->resource, key->name_space, rendered.name), ""});
  return all;
}

std::set<std::string> kept_by(Json const& release, std::string const& name_space) {
  std::set<std::string> keys;
  for (auto const& rendered : rehearsal::parse_manifest(release["manifest"].str()))
    if (rendered.object["metadata"]["annotations"].has(state::marks::resource_policy))
      for (auto const& place : {rendered.name_space.empty() ? name_space : rendered.name_space, std::string()})  // or cluster-scoped
        keys.insert(key_of({rendered.kind, "", place, rendered.name}));
  return keys;
}

std::vector<Object> touched_by(rehearsal::Rehearsed const& rehearsed, bool deleted) {
  std::vector<Object> all;
  for (auto const& touched : rehearsed.touched) {
    bool const known = std::any_of(all.begin(), all.end(), [&](auto const& each) { return each.path == touched.path; });
    if (touched.deleted == deleted && !known) all.push_back({touched.object, touched.path, touched.before["metadata"]["uid"].str()});
  }
  return all;
}

}  // namespace actions
