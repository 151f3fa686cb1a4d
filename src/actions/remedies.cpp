#include "actions/remedies.h"

#include <algorithm>

#include "report/changes.h"
#include "state/marks.h"
#include "state/names.h"

namespace actions {
namespace {

using base::Json;

using namespace state::marks;
using report::is_anothers;

constexpr std::pair<std::string_view, std::string_view> recreatable[] = {
    {"StatefulSet", "apps"},
    {"Deployment", "apps"},
    {"Deployment", "extensions"},
    {"Service", ""},
    {"Job", "batch"},
    {"RoleBinding", "rbac.authorization.k8s.io"},
    {"ClusterRoleBinding", "rbac.authorization.k8s.io"},
    {"ConfigMap", ""},
    {"Secret", ""},
};

std::string named(state::ObjectId const& id) { return id.kind + "/" + id.name; }

// The flags have no way to name another namespace.
bool within_reach(state::ObjectId const& id, state::Request const& request) {
  return id.name_space.empty() || id.name_space == request.name_space;
}

bool may_be_adopted_unnamed(state::Ownership const& owned, state::Request const& request) {
  bool const managed = !owned.manager.empty() && owned.manager != "Helm";
  return within_reach(owned.object, request) && !managed && !is_anothers(owned, request) &&
         owned.object.kind != "PersistentVolumeClaim" && owned.object.kind != "Secret" &&
         owned.adoption.judgement != state::Judgement::rejected;
}

bool same(state::ObjectId const& a, state::ObjectId const& b) {
  return a.kind == b.kind && a.name == b.name && a.name_space == b.name_space;
}

std::optional<std::string> text_of(Json const& words, std::string const& key) {
  auto const* found = words.find(key);
  return found ? std::optional(found->str()) : std::nullopt;
}

std::vector<std::string> expand(std::vector<std::string> const& asked, std::vector<std::string> const& all) {
  std::vector<std::string> names;
  auto const add = [&](std::string const& name) {
    if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  };
  for (auto const& each : asked) {
    if (each != "all") add(each);
    if (each == "all") std::for_each(all.begin(), all.end(), add);
  }
  return names;
}

}  // namespace

std::string_view name_of(How how) { return how == How::adopt ? "adopt" : how == How::protect ? "protect" : "recreate"; }

bool says_all(state::Request const& request) {
  auto const all = [](auto const& asked) { return std::find(asked.begin(), asked.end(), "all") != asked.end(); };
  return all(request.adopt) || all(request.protect) || all(request.recreate);
}

Choice choose(state::Request const& request, state::Rehearsal const& rehearsal) {
  Choice all;
  for (auto const& owned : rehearsal.ownership)
    if (may_be_adopted_unnamed(owned, request)) all.adopt.push_back(named(owned.object));
  for (auto const& deletion : rehearsal.deletions) {
    bool const worth_it = !deletion.still_written_as.empty() || deletion.holds_data || !deletion.external_address.empty();
    if (!deletion.kept && worth_it && within_reach(deletion.object, request)) all.protect.push_back(named(deletion.object));
  }
  auto const adopt = expand(request.adopt, all.adopt);
  auto const ours = [&](state::ObjectId const& id) {
    return !is_foreign(id, rehearsal) || std::find(adopt.begin(), adopt.end(), named(id)) != adopt.end();
  };
  for (auto const& write : rehearsal.writes)
    if (write.verdict.judgement == state::Judgement::rejected && write.verdict.cause == state::Cause::immutable &&
        may_be_recreated(write.object) && within_reach(write.object, request) && ours(write.object))
      all.recreate.push_back(named(write.object));
  return {adopt, expand(request.protect, all.protect), expand(request.recreate, all.recreate)};
}

bool is_foreign(state::ObjectId const& id, state::Rehearsal const& rehearsed) {
  return std::any_of(rehearsed.ownership.begin(), rehearsed.ownership.end(), [&](auto const& owned) { return same(owned.object, id); });
}

std::string refused(Remedy const& remedy, state::Request const& request, state::Rehearsal const& rehearsed) {
  auto const& id = remedy.object.id;
  auto const name = named(id);
  if (remedy.how == How::recreate) {
    if (!may_be_recreated(id)) return name + " is never deleted and made anew, because what it holds would go with it.";
    for (auto const& dependent : remedy.dependents)
      if (dependent.id.kind == "PersistentVolumeClaim" && propagation_for(id) != "Orphan")
        return name + " can't be made anew: " + named(dependent.id) + " belongs to it and would go with it.";
    bool const is_new = std::none_of(rehearsed.writes.begin(), rehearsed.writes.end(), [&](auto const& write) { return same(write.object, id); });
    if (is_new) return name + " can't be made anew: the upgrade does not write it.";
  }
  if (remedy.how != How::adopt) return {};
  for (auto const& owned : rehearsed.ownership)
    if (same(owned.object, id) && is_anothers(owned, request))
      return name + " can't be adopted: it belongs to release " + owned.release + " in namespace " + owned.release_name_space +
             ", which exists.";
  return {};
}

bool needs_force(std::vector<Remedy> const& remedies, state::Rehearsal const& rehearsed) {
  bool any = false;
  for (auto const& write : rehearsed.writes) {
    if (write.verdict.judgement != state::Judgement::rejected || write.verdict.cause != state::Cause::conflict) continue;
    any = true;
    auto const adopts = [&](auto const& remedy) { return remedy.how == How::adopt && same(remedy.object.id, write.object); };
    if (std::none_of(remedies.begin(), remedies.end(), adopts)) return false;
  }
  return any;
}

bool may_be_recreated(state::ObjectId const& id) {
  return std::any_of(std::begin(recreatable), std::end(recreatable), [&](auto const& each) { return each.first == id.kind && each.second == id.group; });
}

Mark adoption(Object const& object, Json const& live, state::Request const& request) {
  auto const& metadata = live["metadata"];
  Mark mark{.object = object, .now = {}, .before = {}, .with_content = true};
  mark.now.labels = {{managed_by, "Helm"}};
  mark.now.annotations = {{release_name, request.release}, {release_namespace, request.name_space}, {resource_policy, "keep"}};
  for (auto const& [key, text] : mark.now.labels) mark.before.labels[key] = text_of(metadata["labels"], key);
  for (auto const& [key, text] : mark.now.annotations) mark.before.annotations[key] = text_of(metadata["annotations"], key);
  return mark;
}

Mark protection(Object const& object, Json const& live) {
  Mark mark{.object = object, .now = {}, .before = {}};
  mark.now.annotations = {{resource_policy, "keep"}};
  mark.before.annotations = {{resource_policy, text_of(live["metadata"]["annotations"], resource_policy)}};
  return mark;
}

bool protects(Mark const& mark) {
  auto const written = mark.now.annotations.find(resource_policy);
  return written != mark.now.annotations.end() && written->second == "keep";
}

std::optional<Mark> without_protection(Mark const& mark) {
  auto const written = mark.now.annotations.find(resource_policy);
  auto const before = mark.before.annotations.find(resource_policy);
  if (written == mark.now.annotations.end() || before == mark.before.annotations.end() || before->second == written->second) return {};
  return Mark{.object = mark.object, .now = {{}, {{resource_policy, before->second}}}, .before = {{}, {{resource_policy, written->second}}}};
}

std::string propagation_for(state::ObjectId const& id) {
  // A Deployment that is recreated has another selector: pods left alone would run for ever.
  return id.kind == "StatefulSet" ? "Orphan" : "Background";
}

}  // namespace actions
