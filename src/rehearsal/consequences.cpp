#include "rehearsal/consequences.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "rehearsal/earlier.h"
#include "rehearsal/ownership.h"
#include "state/marks.h"

namespace rehearsal {
namespace {

using base::Json;
using state::Cause;
using state::Judgement;

state::ObjectId id_of(Rendered const& rendered, Key const& key) {
  auto const slash = rendered.api_version.find('/');
  return {rendered.kind, slash == std::string::npos ? "" : rendered.api_version.substr(0, slash), key.name_space, rendered.name};
}

// The object as the upgrade finds it: changed by a remedy, or live; null where it is not there.
Json found_by(Scene const& scene, Key const& key) {
  if (auto const* entry = scene.start.find(key)) return entry->object.value_or(Json());
  auto const live = scene.played->live.find(key);
  return live == scene.played->live.end() ? Json() : live->second;
}

Json left_by(Scene const& scene, Key const& key) {
  if (auto const* entry = scene.played->layer.find(key)) return entry->object.value_or(Json());
  return found_by(scene, key);
}

Rendered const* rendered_of(Scene const& scene, Key const& key) {
  auto const found = scene.new_by_key.find(key);
  return found == scene.new_by_key.end() ? nullptr : found->second;
}

// Where a rendered value is not what the live object has; empty where everything that is rendered stands there.
std::string first_difference(Json const& rendered, Json const& live, std::string const& path) {
  if (rendered.is_object()) {
    for (auto const& [key, value] : rendered.members())
      if (auto found = first_difference(value, live[key], path + "." + key); !found.empty()) return found;
    return {};
  }
  if (rendered.is_array()) {
    auto const& there = live.items();
    if (there.size() != rendered.items().size()) return path;
    for (std::size_t i = 0; i < there.size(); ++i)
      if (auto found = first_difference(rendered.items()[i], there[i], path + "[" + std::to_string(i) + "]"); !found.empty()) return found;
    return {};
  }
  return rendered.is_null() || rendered == live ? "" : path;
}

// For a StatefulSet the API server names only "spec"; the person wants to know which part of it.
void name_the_field(state::Verdict& verdict, Rendered const& rendered, Json const& live) {
  if (rendered.kind != "StatefulSet" || verdict.fields.size() != 1 || verdict.fields[0].field != "spec") return;
  for (auto const* part : {"volumeClaimTemplates", "selector", "serviceName", "podManagementPolicy"})
    if (auto found = first_difference(rendered.object["spec"][part], live["spec"][part], std::string("spec.") + part); !found.empty()) {
      verdict.fields[0].field = found;
      return;
    }
}

// A change that the API server refuses is immutable where the object is valid by itself: it is tried as a new one. What
// other objects must exist for it is there, since the live one is.
void tell_immutable_from_invalid(state::Verdict& verdict, Recorded const& write, Scene const& scene, Questions& ask) {
  bool const refused_change = verdict.judgement == Judgement::rejected && !write.creates &&
                              (verdict.cause == Cause::immutable || verdict.cause == Cause::invalid) && verdict.status == 422;
  auto const* rendered = refused_change ? rendered_of(scene, write.target.key()) : nullptr;
  if (!rendered) return;
  name_the_field(verdict, *rendered, write.before);
  auto object = rendered->object;
  renamed_for_trial(object, write.target.name);
  auto const alone = ask.try_create({write.target.api_version(), write.target.resource, write.target.name_space, object});
  if (alone.judgement == Judgement::accepted && verdict.cause == Cause::invalid && !write.refusal_doubt.empty())
    verdict = {.status = verdict.status, .message = write.refusal_doubt + ": " + verdict.message, .warnings = std::move(verdict.warnings)};
  else if (alone.judgement == Judgement::accepted) verdict.cause = Cause::immutable;
  if (alone.judgement == Judgement::rejected && alone.status == 422) verdict.cause = Cause::invalid;
}

bool holds_data(Json const& object) {
  auto const& kind = object["kind"].str();
  if (kind == "PersistentVolumeClaim" || kind == "PersistentVolume" || kind == "Secret" || kind == "Namespace" ||
      kind == "CustomResourceDefinition")
    return true;
  return kind == "StatefulSet" && object["spec"]["persistentVolumeClaimRetentionPolicy"]["whenDeleted"].str() == "Delete";
}

state::Verdict permission_of(May may) {
  if (may == May::no) return {.judgement = Judgement::rejected, .cause = Cause::forbidden, .message = "you may not delete it"};
  return {.judgement = may == May::yes ? Judgement::accepted : Judgement::not_verified};
}

std::string manager_of(Json const& object) {
  auto const& metadata = object["metadata"];
  auto const& label = metadata["labels"][state::marks::managed_by].str();
  if (!label.empty() && label != "Helm") return label;
  for (auto const& owner : metadata["ownerReferences"].items())
    if (owner["controller"].bool_or(false)) return owner["kind"].str() + "/" + owner["name"].str();
  for (auto const& manager : metadata["managedFields"].items())
    if (manager["operation"].str() == "Apply" && manager["manager"].str() != "helm") return manager["manager"].str();
  return {};
}

}  // namespace

std::vector<state::Write> writes_of(Scene const& scene, Questions& ask) {
  std::vector<state::Write> writes;
  Earlier earlier(scene, ask);
  for (auto const& write : scene.played->writes) {
    auto const& target = write.target;
    auto verdict = judge(write);
    if (write.method == "DELETE") continue;  // deletions_of tells of them
    if (verdict.cause == Cause::forbidden) {
      auto const may = ask.may({verb_of(write.method), target.group, target.resource, target.name_space, target.name});
      // Who may not write roles beyond the own rights gets 403 with the right to write them: that is no admission.
      bool const escalation = verdict.message.find("attempting to grant RBAC permissions not currently held") != std::string::npos;
      if (!escalation) rights_or_admission(verdict, may);
    }
    tell_immutable_from_invalid(verdict, write, scene, ask);
    earlier.amend(verdict, write);
    if (is_helm_record(target.key())) continue;
    writes.push_back({write.method, target.api_version(), object_of(write), write.creates, std::move(verdict)});
  }
  return writes;
}

std::vector<state::Ownership> ownership_of(Scene const& scene, Questions& ask) {
  auto const same = [](Rendered const& a, Rendered const& b) {
    return a.api_version == b.api_version && a.kind == b.kind && a.name == b.name && a.name_space == b.name_space;
  };
  std::vector<state::Ownership> all;
  for (auto const& rendered : scene.new_objects) {
    bool const known = std::any_of(scene.old_objects.begin(), scene.old_objects.end(), [&](auto const& old) { return same(old, rendered); });
    auto const key = known ? std::nullopt : ask.resources.key_of(rendered, scene.name_space);
    auto const object = key ? found_by(scene, *key) : Json();
    if (object.is_null()) continue;
    state::Ownership conflict{.object = id_of(rendered, *key)};
    conflict.lacks = lacking_ownership(object, scene.release, scene.name_space);
    if (conflict.lacks.empty()) continue;
    auto const& annotations = object["metadata"]["annotations"];
    conflict.manager = base::printable(manager_of(object));
    conflict.release = base::printable(annotations[state::marks::release_name].str());
    conflict.release_name_space = base::printable(annotations[state::marks::release_namespace].str());
    bool const another = !conflict.release.empty() && !conflict.release_name_space.empty() &&
                         (conflict.release != scene.release || conflict.release_name_space != scene.name_space);
    conflict.release_exists = another && ask.release_exists(conflict.release, conflict.release_name_space, scene.driver) != May::no;
    conflict.adoption = ask.try_adoption(parse_target(path_of(rendered.api_version, key->resource, key->name_space, key->name)),
                                         scene.release, scene.name_space);
    all.push_back(std::move(conflict));
  }
  return all;
}

std::vector<state::Deletion> deletions_of(Scene const& scene, Questions& ask) {
  auto const access = [](Target const& target) { return Questions::Access{"delete", target.group, target.resource, target.name_space, target.name}; };
  std::vector<Recorded const*> deleted;
  std::vector<Questions::Access> accesses;
  for (auto const& write : scene.played->writes) {
    if (write.method != "DELETE" || is_helm_record(write.target.key())) continue;
    deleted.push_back(&write);
    accesses.push_back(access(write.target));
  }
  ask.foresee(accesses);
  Admission admission(ask, scene.guards, scene.played->layer);
  std::vector<state::Deletion> all;
  for (auto const* write : deleted) {
    auto const& target = write->target;
    state::Deletion deletion{.object = object_of(*write), .api_version = target.api_version()};
    if (auto const* rendered = rendered_of(scene, target.key())) deletion.still_written_as = rendered->api_version;
    deletion.holds_data = holds_data(write->before);
    deletion.external_address = base::printable(way_in(write->before).value_or(""));
    deletion.permission = permission_of(ask.may(access(target)));
    if (deletion.permission.judgement == Judgement::accepted) {
      deletion.permission.message = admission.doubt_about_deletion(target, write->before);
      if (!deletion.permission.message.empty()) deletion.permission.judgement = Judgement::not_verified;
    }
    all.push_back(std::move(deletion));
  }
  return all;
}

std::vector<state::Terminating> terminating_of(Scene const& scene, Questions& ask) {
  std::vector<state::Terminating> all;
  std::set<Key> done;
  for (auto const* objects : {&scene.new_objects, &scene.old_objects}) {
    for (auto const& rendered : *objects) {
      auto const key = ask.resources.key_of(rendered, scene.name_space);
      if (!key || !done.insert(*key).second) continue;
      auto const object = found_by(scene, *key);
      auto const& since = object["metadata"]["deletionTimestamp"].str();
      if (since.empty()) continue;
      state::Terminating terminating{.object = id_of(rendered, *key), .since = base::printable(since)};
      for (auto const& finalizer : object["metadata"]["finalizers"].items())
        terminating.finalizers.push_back(base::printable(finalizer.str()));
      all.push_back(std::move(terminating));
    }
  }
  return all;
}

std::optional<std::string> way_in(Json const& object) {
  auto const& kind = object["kind"].str();
  auto const& spec = object["spec"];
  auto const& assigned = object["status"]["loadBalancer"]["ingress"].items();
  auto const address = assigned.empty() ? "" : assigned.front()["ip"].str_or(assigned.front()["hostname"].str());
  if (kind == "Ingress") {
    auto const& rules = spec["rules"].items();
    return rules.empty() || rules.front()["host"].str().empty() ? address : rules.front()["host"].str();
  }
  if (kind != "Service") return {};
  if (spec["type"].str() == "LoadBalancer") return address.empty() ? spec["loadBalancerIP"].str() : address;
  if (spec["type"].str() == "NodePort" && !spec["ports"].items().empty())
    return "node port " + spec["ports"].items().front()["nodePort"].number();
  return {};
}

std::vector<state::Entry> entries_of(Scene const& scene, Questions& ask) {
  std::vector<state::Entry> all;
  std::set<Key> done;
  for (auto const* objects : {&scene.old_objects, &scene.new_objects}) {
    for (auto const& rendered : *objects) {
      if (rendered.kind != "Service" && rendered.kind != "Ingress") continue;
      auto const key = ask.resources.key_of(rendered, scene.name_space);
      if (!key || !done.insert(*key).second) continue;
      auto const before = way_in(found_by(scene, *key));
      auto const after = way_in(left_by(scene, *key));
      if (!before && !after) continue;
      auto const& address = after && !after->empty() ? *after : before.value_or("");
      all.push_back({id_of(rendered, *key), base::printable(address), before.has_value(), after.has_value()});
    }
  }
  return all;
}

}  // namespace rehearsal
