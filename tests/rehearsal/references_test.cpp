#include "rehearsal/references.h"

#include <boost/test/unit_test.hpp>

#include "base/bytes.h"
#include "clients/scratch.h"
#include "clients/server.h"

using base::Json;

namespace {

Json yaml(std::string const& text) { return base::parse_yaml(text).value(); }

// An API server with Secrets, in which a Deployment is rehearsed.
struct Fixture {
  scratch::Folder folder;
  std::map<std::string, std::string> objects;  // by path, as YAML
  int otherwise = 404;
  std::vector<std::string> asked;
  Server server{(folder / "s").string(), [this](std::string const& request) {
                  auto const path = request.substr(4, request.find(' ', 4) - 4);
                  if (path == "/api/v1") return Server::http(200, R"({"resources":[{"name":"secrets","kind":"Secret","namespaced":true},{"name":"pods","kind":"Pod","namespaced":true}]})");
                  if (path == "/apis/cert-manager.io/v1") return Server::http(404, "{}");
                  asked.push_back(path);
                  auto const found = objects.find(path);
                  return found == objects.end() ? Server::http(otherwise, R"({"kind":"Status","message":"you may not"})") : Server::http(200, base::to_text(yaml(found->second)));
                }};
  clients::Kubernetes api{(folder / "s").string(), ""};
  rehearsal::Questions ask{api};
  rehearsal::Played played;
  rehearsal::Scene scene{.release = "coder", .name_space = "c", .driver = "secret", .played = &played};
  std::vector<rehearsal::Hook> hooks;
  std::vector<Json> others;
  Json values;
  state::Rehearsal seen;

  void pod(std::string const& spec) { scene.new_objects.push_back({"v1", "Pod", "", "web", yaml("{kind: Pod, metadata: {name: web}, spec: " + spec + "}")}); }
  void secret(std::string const& name, std::string const& data) { objects["/api/v1/namespaces/c/secrets/" + name] = "{kind: Secret, metadata: {name: " + name + "}, data: " + data + "}"; }
  std::vector<state::Reference> const& lost() {
    look_at_references(scene, hooks, others, values, ask, seen);
    BOOST_TEST(seen.references_seen);
    return seen.lost_references;
  }
};

std::string const password = "{containers: [{name: a, env: [{name: P, valueFrom: {secretKeyRef: {name: db, key: password}}}]}]}";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(references, Fixture)

BOOST_AUTO_TEST_CASE(a_secret_with_the_key_is_there) {
  pod(password);
  secret("db", "{password: c2VjcmV0}");
  BOOST_TEST(lost().empty());
  BOOST_TEST(seen.blank_ends.empty());
}

BOOST_AUTO_TEST_CASE(a_secret_or_a_key_that_is_not_there_is_named) {
  pod(password);
  pod("{volumes: [{name: v, secret: {secretName: there, items: [{key: crt}]}}]}");
  secret("there", "{other: eA==}");
  BOOST_REQUIRE(lost().size() == 2u);
  BOOST_TEST(seen.lost_references[0].field == "containers[a].env[P]");
  BOOST_TEST(seen.lost_references[0].to == "key password of Secret db");
  BOOST_TEST(seen.lost_references[0].why == "there is no Secret db");
  BOOST_TEST(seen.lost_references[0].needed);
  BOOST_TEST(seen.lost_references[1].why == "Secret there has no key crt");
  BOOST_TEST(seen.lost_references[1].unsure.empty());
}

BOOST_AUTO_TEST_CASE(what_several_want_is_told_once_for_each_object_and_of_those_that_need_it) {
  pod("{initContainers: [{name: i, envFrom: [{secretRef: {name: db}}]}], containers: [{name: a, envFrom: [{secretRef: {name: db}}]}], imagePullSecrets: [{name: db}]}");
  others.push_back(yaml("{kind: Ingress, metadata: {name: custom}, spec: {tls: [{secretName: db}]}}"));
  BOOST_REQUIRE(lost().size() == 1u);
  BOOST_TEST(seen.lost_references[0].field == "initContainers[i].envFrom");
}

BOOST_AUTO_TEST_CASE(each_object_is_asked_for_once) {
  pod("{containers: [{name: a, envFrom: [{secretRef: {name: db}}]}], volumes: [{name: v, secret: {secretName: db}}], imagePullSecrets: [{name: db}]}");
  BOOST_TEST(lost().size() == 1u);
  BOOST_TEST(asked.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_optional_is_not_looked_for) {
  pod("{containers: [{name: a, env: [{name: P, valueFrom: {secretKeyRef: {name: db, key: k, optional: true}}}]}],"
      " volumes: [{name: v, projected: {sources: [{configMap: {name: m, optional: true}}]}}]}");
  BOOST_TEST(lost().empty());
  BOOST_TEST(asked.empty());
}

BOOST_AUTO_TEST_CASE(what_the_upgrade_makes_is_there_and_what_it_deletes_is_not) {
  pod(password);
  rehearsal::Key const key{"", "secrets", "c", "db"};
  played.layer.put(key, yaml("{data: {password: eA==}}"), false);
  BOOST_TEST(lost().empty());
  played.layer.remove(key, true);
  BOOST_REQUIRE(lost().size() == 1u);
  BOOST_TEST(seen.lost_references[0].why == "the upgrade deletes Secret db");
}

BOOST_AUTO_TEST_CASE(what_may_not_be_read_is_unsure) {
  pod(password);
  otherwise = 403;
  BOOST_REQUIRE(lost().size() == 1u);
  BOOST_TEST(seen.lost_references[0].unsure == "it can't be looked at: HTTP 403: you may not");
}

BOOST_AUTO_TEST_CASE(what_a_custom_resource_of_the_upgrade_names_may_come) {
  pod(password);
  scene.new_objects.push_back({"cert-manager.io/v1", "Certificate", "", "c", yaml("{spec: {secretName: db}}")});
  BOOST_REQUIRE(lost().size() == 1u);
  BOOST_TEST(seen.lost_references[0].unsure == "Certificate/c of the new version names it and may make it");
}

BOOST_AUTO_TEST_CASE(what_a_hook_makes_is_there) {
  pod(password);
  hooks.push_back({"pre-upgrade", {}, {"v1", "Secret", "", "db", yaml("{kind: Secret, stringData: {password: x}}")}});
  BOOST_TEST(lost().empty());
}

BOOST_AUTO_TEST_CASE(an_ingress_of_others_that_leads_to_the_release_counts) {
  others.push_back(yaml("{kind: Ingress, metadata: {name: custom}, spec: {tls: [{secretName: tls}]}}"));
  BOOST_REQUIRE(lost().size() == 1u);
  BOOST_TEST(seen.lost_references[0].object.name == "custom");
  BOOST_TEST(!seen.lost_references[0].needed);
  others[0] = yaml("{kind: Ingress, metadata: {name: custom, annotations: {cert-manager.io/issuer: ca}}, spec: {tls: [{secretName: tls}]}}");
  seen.lost_references.clear();
  BOOST_TEST(lost()[0].unsure == "its annotation cert-manager.io/issuer asks for it to be made");
}

BOOST_AUTO_TEST_CASE(blanks_at_the_end_of_one_line_in_the_environment_are_told_without_the_text) {
  pod("{containers: [{name: a, envFrom: [{secretRef: {name: db}}]}]}");
  secret("db", "{token: " + base::to_base64("abc\n") + ", pem: " + base::to_base64("a\nb\n") + ", fine: " + base::to_base64("abc") + "}");
  BOOST_TEST(lost().empty());
  state::BlankEnd const expected{{"Pod", "", "c", "web"}, "containers[a].envFrom", "db", "token"};
  BOOST_REQUIRE(seen.blank_ends.size() == 1u);
  BOOST_TEST((seen.blank_ends[0] == expected));
}

BOOST_AUTO_TEST_CASE(files_may_end_in_a_line_break) {
  pod("{volumes: [{name: v, secret: {secretName: db}}]}");
  secret("db", "{token: " + base::to_base64("abc\n") + "}");
  BOOST_TEST(lost().empty());
  BOOST_TEST(seen.blank_ends.empty());
}

BOOST_AUTO_TEST_SUITE_END()
