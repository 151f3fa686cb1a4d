#include <algorithm>
#include <utility>

#include "checks/common.h"

namespace checks {
namespace {

// What can be deleted and made again without losing what only it holds. A PersistentVolumeClaim or a Namespace is never
// here.
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

bool may_be_recreated(state::ObjectId const& object) {
  return std::any_of(std::begin(recreatable), std::end(recreatable),
                     [&](auto const& each) { return each.first == object.kind && each.second == object.group; });
}

Remedy remedy_for(state::ObjectId const& object, state::Request const& request,
                  state::Seen<state::Target> const& target) {
  Advice const keep{"Set the field to the value that it has in the cluster, in your values."};
  if (object.kind == "PersistentVolumeClaim" || object.kind == "Namespace")
    return Advice{"Set the field to the value that it has in the cluster, in your values; a " + object.kind +
                  " is never recreated, because its data would go."};
  return may_be_recreated(object) ? upgrade_with("--recreate", object, request, target, keep) : Remedy(keep);
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request,
             state::Seen<state::Target> const& target) {
  Outcome out;
  for (auto const& write : rehearsal.writes) {
    auto const& verdict = write.verdict;
    if (verdict.judgement != state::Judgement::rejected || verdict.cause != state::Cause::immutable) continue;
    auto const object = name_of(write.object, request);
    auto const remedy = remedy_for(write.object, request, target);
    for (auto const& field : verdict.fields) out.findings.push_back({object, field.field, field.message, remedy});
    if (verdict.fields.empty()) out.findings.push_back({object, "", verdict.message, remedy});
  }
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const immutable_fields;
Check const immutable_fields{.code = "HC302",
                             .name = "immutable-fields",
                             .severity = Severity::error,
                             .summary = "no field that the upgrade changes is immutable",
                             .page =
#include "immutable_fields.md.inc"
                             ,
                             .run = on<test>};

}  // namespace checks
