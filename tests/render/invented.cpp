#include "render/invented.h"

namespace invented {
namespace {

using report::Line;
using report::Result;
using report::Severity;

Line line(std::string code, std::string name, std::string summary, Result result) {
  return {.code = code, .name = std::move(name), .category = std::string(report::category_of(code)), .summary = std::move(summary),
          .severity = result == Result::warning ? Severity::warning : Severity::error, .result = result};
}

Line deleted() {
  auto made = line("HC306", "nothing-lost", "nothing is deleted that the new version still has", Result::error);
  made.outcome.findings = {{"Ingress/web-ingress", "", "Helm 3.21 updates it as networking.k8s.io/v1, then deletes it as extensions/v1beta1",
                            report::helm_coder({"upgrade", "--version", "1.21.7", "--protect", "Ingress/web-ingress"})}};
  return made;
}

Line immutable() {
  auto made = line("HC302", "immutable-fields", "no field that the upgrade changes is immutable", Result::error);
  auto const recreate = [](char const* object) {
    return report::helm_coder({"upgrade", "--version", "1.21.7", "--recreate", object});
  };
  made.outcome.findings = {{"Service/d", "spec.clusterIPs[0]", "may not change once set", recreate("Service/d")},
                           {"StatefulSet/timescale", "spec", "updates to statefulset spec for fields other than 'replicas', 'template', and 'updateStrategy' are forbidden",
                            recreate("StatefulSet/timescale")}};
  return made;
}

Line hostile() {
  auto made = line("HC303", "no-rejection", "the API server accepts every other request", Result::error);
  made.outcome.findings = {{"Deployment/coderd-with-a-name-that-is-longer-than-a-column", "spec.template",
                            "admission webhook \"\x1b[2Jpolicy\" denied the request:\nuse a digest", report::Advice{"Ask whoever runs the webhook what it wants, and change the values."}},
                           {"Job/migrate", "", "exceeded quota", report::Advice{"Ask whoever runs the webhook what it wants, and change the values."}}};
  return made;
}

Line database() {
  auto made = line("HC503", "database-role", "the role may do what migrations need", Result::not_verified);
  made.outcome.unverified = {{"", "Secret coder-db can't be read", "PGPASSFILE=~/.pgpass helm coder preflight --database-url postgres://coder@db/coder"}};
  return made;
}

// Several checks that lack the same.
Line database_version() {
  auto made = database();
  made.code = "HC502", made.name = "database-version", made.summary = "PostgreSQL is new enough";
  return made;
}

Line rollback() {
  auto made = line("HC310", "rollback-works", "a failed upgrade could be rolled back", Result::not_verified);
  made.outcome.unverified = {{"ConfigMap/settings", "it was judged against what is live, although the upgrade changes it first", ""},
                             {"Service/coderd", "the API server did not answer in time", "Try again when the cluster is less busy."}};
  return made;
}

Line images() {
  auto made = line("HC332", "images-there", "every new image is in its registry", Result::not_asked);
  made.outcome.not_asked = {{"", "whether docker.io/coderenvs/coder-service:1.21.7 can be pulled", "Run it with --check-images; that takes skopeo, crane or docker."}};
  return made;
}

}  // namespace

report::Report clean() {
  auto helm = line("HC101", "helm-version", "Helm is new enough", Result::passed);
  helm.detail = "3.21.4";
  return {{helm, line("HC202", "no-operation", "no other operation holds the release", Result::passed)}};
}

report::Report troubled() {
  auto made = clean();
  auto pinned = line("HC404", "pinned-images", "no image is pinned to another version", Result::warning);
  pinned.ignore = report::Ignore{.check = "pinned-images", .reason = "it is ours", .until = "2021-06-30", .place = "helm-coder.conf:4", .expired = true};
  pinned.outcome.findings = {{"coderd.image", "", "is pinned to 1.20.0", report::Advice{"Remove coderd.image from your values."}}};
  auto ignored = line("HC304", "ownership", "every object that the upgrade creates is free or its own", Result::warning);
  ignored.severity = Severity::error, ignored.ignored = true;
  ignored.ignore = report::Ignore{.check = "HC304", .reason = "the old chart's account, ticket #42", .until = "2026-12-31", .place = "helm-coder.conf:3"};
  ignored.outcome.findings = {{"ServiceAccount/coder", "", "is nobody's",
                               report::helm_coder({"upgrade", "--version", "1.21.7", "--adopt", "ServiceAccount/coder"})}};
  for (auto const& more : {immutable(), hostile(), ignored, deleted(), rollback(), images(), pinned, database_version(), database()}) made.lines.push_back(more);
  return made;
}

report::Subject subject() {
  return {.release = "coder", .name_space = "coder", .from = "1.20.0", .to = "1.21.7", .helm = "3.21.4", .kubernetes = "1.20.2",
          .rehearsed = report::Subject::Rehearsed{.requests = 19, .seconds = 0.63}};
}

report::Effects effects() {
  using report::Change;
  auto const changes = [](std::vector<state::Difference> fields, int more = 0, std::string unsure = {}) {
    return state::Changes{.compared = true, .fields = std::move(fields), .more = more, .unsure = std::move(unsure)};
  };
  report::Effects made{.complete = true};
  made.objects = {
      {{"ConfigMap", "", "coder", "nginx"}, "v1", Change::changed,
       changes({{"data[nginx.conf]", 12, "worker_processes 1;\n\x1b[2J", "worker_processes 4;"}, {"metadata.labels.a", 0, "b", ""}})},
      {{"Secret", "", "coder", "db"}, "v1", Change::changed, changes({{"data.password", 0, "(hidden)", "(hidden)"}})},
      {{"ServiceAccount", "", "coder", "coder"}, "v1", Change::unchanged, changes({})},
      {{"Deployment", "apps", "coder", "coderd"}, "apps/v1", Change::changed,
       changes({{"spec.replicas", 0, "1", "3"},
                {"spec.template.spec.containers[coderd].image", 0, "docker.io/coderenvs/coder:1.20.0", "docker.io/coderenvs/coder:1.21.7"}},
               7, "the release moves to server-side apply, which will take away what the new version no longer sets: spec.paused")},
      {{"Service", "", "other", "d"}, "v1", Change::unknown, {}, "the API server refuses it"},
      {{"Service", "", "coder", "coderd"}, "v1", Change::made},
      {{"Deployment", "apps", "coder", "cemanager"}, "apps/v1", Change::deleted}};
  made.adoptions = {{{"ServiceAccount", "", "coder", "coder"}, state::Judgement::accepted, "", changes({{"secrets", 0, "", "[]"}})},
                    {{"Service", "", "coder", "d"}, state::Judgement::not_verified, "it could not be tried", {}}};
  made.rollbacks = {{.from = "before any object is written", .tried = true, .works = false, .error = "no Service with the name \"web\" found",
                     .rejected = {{.verb = "PATCH", .object = {"Service", "", "coder", "coderd"}, .verdict = {.message = "field is immutable"}}},
                     .unproven = {{"ConfigMap", "", "coder", "nginx"}},
                     .aftermath = {{{"ConfigMap", "", "coder", "nginx"}, state::Fate::changed, state::Fate::as_before}}},
                    {.from = "after the first rejection", .why_not_tried = "there is no revision to go back to"}};
  return made;
}

state::Request request() { return {.name_space = "coder", .name_space_given = true, .version = "1.21.7"}; }

}  // namespace invented
