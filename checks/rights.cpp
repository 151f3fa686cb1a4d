#include <map>
#include <set>
#include <utility>

#include "base/text.h"
#include "checks/common.h"

namespace checks {
namespace {

using state::Judgement;

// "deployments.apps", "pods": as kubectl spells a resource.
std::string spelled(state::Right const& right) {
  return right.group.empty() ? right.resource : right.resource + "." + right.group;
}

std::string place_of(std::string const& name_space) {
  return name_space.empty() ? "the whole cluster" : "namespace " + name_space;
}

struct Lack {
  std::set<std::string> verbs, needed_for;
};
using Key = std::pair<std::string, std::string>;  // namespace, resource

Finding describe(Key const& key, Lack const& lack) {
  auto const& [where, resource] = key;
  std::vector<std::string> const verbs(lack.verbs.begin(), lack.verbs.end());
  std::vector<std::string> const reasons(lack.needed_for.begin(), lack.needed_for.end());
  auto const kind = where.empty() ? std::string("clusterrole") : "role";
  std::vector<std::string> create{"kubectl",
                                  "create",
                                  kind,
                                  "coder-upgrade-" + resource,
                                  "--verb=" + base::join(verbs, ","),
                                  "--resource=" + resource};
  if (!where.empty()) create.insert(create.end(), {"-n", where});
  return {resource, "",
          "you may not " + base::join(verbs, ", ") + " in " + place_of(where) +
              (reasons.empty() ? "" : ", needed for " + base::join(reasons, ", ")),
          Advice{"Let an administrator run `" + base::shell_quoted(create) + "` and bind it to you."}};
}

Unverified untold(state::Right const& right) {
  return {spelled(right), "whether you may " + right.verb + " in " + place_of(right.name_space) + " could not be asked",
          ""};
}

void add_forbidden(std::string const& object, state::Verdict const& verdict, Outcome& out) {
  if (verdict.judgement != Judgement::rejected || verdict.cause != state::Cause::forbidden) return;
  out.findings.push_back({object, "", verdict.message, Advice{"Ask an administrator for the right that it names."}});
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  std::map<Key, Lack> lacks;
  for (auto const& right : rehearsal.rights) {
    if (right.held == Judgement::not_verified) out.unverified.push_back(untold(right));
    if (right.held != Judgement::rejected) continue;
    auto& lack = lacks[{right.name_space, spelled(right)}];
    lack.verbs.insert(right.verb);
    if (!right.needed_for.empty()) lack.needed_for.insert(right.needed_for);
  }
  for (auto const& [key, lack] : lacks) out.findings.push_back(describe(key, lack));
  for (auto const& write : rehearsal.writes) add_forbidden(name_of(write.object, request), write.verdict, out);
  for (auto const& deletion : rehearsal.deletions)
    if (!deletion.kept) add_forbidden(name_of(deletion.object, request), deletion.permission, out);
  note_unreached(rehearsal, saw_everything(rehearsal), out);
  return out;
}

}  // namespace

extern Check const rights;
Check const rights{.code = "HC326",
                   .name = "rights",
                   .severity = Severity::error,
                   .summary = "you hold every right that the upgrade needs",
                   .page =
#include "rights.md.inc"
                   ,
                   .run = on<test>};

}  // namespace checks
