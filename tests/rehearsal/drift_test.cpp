#include "rehearsal/drift.h"

#include <boost/test/unit_test.hpp>

#include "clients/scratch.h"
#include "clients/server.h"
#include "rehearsal/differences.h"

using base::Json;

namespace {

Json yaml(std::string const& text) { return base::parse_yaml(text).value(); }

// An API server that knows Deployments, Services, Secrets and autoscalers, and makes of a new object what a test says.
struct Cluster {
  scratch::Folder folder;
  std::map<std::string, std::string> answers = {
      {"GET /api/v1", R"({"resources":[{"name":"services","kind":"Service","namespaced":true},{"name":"secrets","kind":"Secret","namespaced":true}]})"},
      {"GET /apis/apps/v1", R"({"resources":[{"name":"deployments","kind":"Deployment","namespaced":true}]})"}};
  Server server{(folder / "s").string(), [this](auto const& request) {
                  auto const line = request.substr(0, request.find_first_of("?", request.find(' ') + 1));
                  auto const found = answers.find(line.substr(0, line.find(' ', line.find(' ') + 1)));
                  return found == answers.end() ? Server::http(404, "{}") : Server::http(200, found->second);
                }};
  clients::Kubernetes api{(folder / "s").string(), ""};
  rehearsal::Questions ask{api};
};

constexpr auto deployment = "{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: ";

struct Fixture : Cluster {
  rehearsal::Played played;
  rehearsal::Scene scene{.release = "coder", .name_space = "c", .driver = "secret", .played = &played};

  static std::vector<rehearsal::Rendered> manifest(std::string const& text) { return rehearsal::parse_manifest(text); }
  // The upgrade patches it: `after` as the API server answers, empty if it refuses.
  void patches(std::string const& before, std::string const& after, std::string const& path = "/apis/apps/v1/namespaces/c/deployments/web") {
    rehearsal::Recorded write{.method = "PATCH", .target = rehearsal::parse_target(path)};
    write.before = yaml(before);
    if (!after.empty()) write.after = yaml(after);
    write.reply.status = after.empty() ? 422 : 200;
    played.writes.push_back(std::move(write));
  }
  std::vector<state::Drift> drifts() { return rehearsal::drifts_of(scene, ask); }
};

std::string spec(std::string const& text) { return deployment + text + "}"; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(drift, Fixture)

BOOST_AUTO_TEST_CASE(a_field_that_somebody_changed_and_the_upgrade_sets_back_is_named_with_who_did_it) {
  scene.old_objects = scene.new_objects = manifest(spec("{replicas: 1}"));
  patches("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web, managedFields: ["
          "{manager: helm, time: '2026-01-01T00:00:00Z', fieldsV1: {'f:spec': {'f:replicas': {}}}},"
          "{manager: kubectl, time: '2026-11-20T14:03:00Z', fieldsV1: {'f:spec': {'f:replicas': {}}}}]}, spec: {replicas: 5}}",
          spec("{replicas: 1}"));
  auto const found = drifts();
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST((found[0].object == state::ObjectId{"Deployment", "apps", "c", "web"}));
  state::DriftedField const expected{"spec.replicas", 0, "1", "5", "1", "kubectl", "2026-11-20T14:03:00Z"};
  BOOST_REQUIRE(found[0].fields.size() == 1u);
  BOOST_TEST((found[0].fields[0] == expected));
}

BOOST_AUTO_TEST_CASE(what_the_manifest_leaves_open_is_the_api_servers) {
  scene.old_objects = manifest(spec("{clusterIP: '', env: []}"));
  scene.new_objects = manifest(spec("{clusterIP: '', env: [], policy: Never}"));
  patches(spec("{clusterIP: 10.0.0.1, env: [{name: A}], policy: Always, grace: 30}"), spec("{clusterIP: 10.0.0.2, env: [], policy: Never}"));
  BOOST_TEST(drifts().empty());
}

BOOST_AUTO_TEST_CASE(what_only_the_new_version_changes_is_none) {
  scene.old_objects = manifest(spec("{image: 'a:1'}"));
  scene.new_objects = manifest(spec("{image: 'a:2'}"));
  patches(spec("{image: 'a:1'}"), spec("{image: 'a:2'}"));
  BOOST_TEST(drifts().empty());
  BOOST_TEST(server.requests().size() == 1u, "the kinds were asked for, and nothing else");
}

BOOST_AUTO_TEST_CASE(another_way_to_write_the_same_is_none_as_the_api_server_tells) {
  scene.old_objects = manifest(spec("{cpu: 1000m, image: 'a:1'}"));
  scene.new_objects = manifest(spec("{cpu: 2, image: 'a:2'}"));
  patches(spec("{cpu: '1', image: 'b:1'}"), spec("{cpu: '2', image: 'a:2'}"));
  answers["POST /apis/apps/v1/namespaces/c/deployments"] = R"({"spec":{"cpu":"1","image":"a:1"}})";
  auto const found = drifts();
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_REQUIRE(found[0].fields.size() == 1u);
  BOOST_TEST(found[0].fields[0].path == "spec.image");
  auto const requests = server.requests();
  BOOST_TEST(requests.back().starts_with("POST /apis/apps/v1/namespaces/c/deployments?dryRun=All"));
  BOOST_TEST(requests.back().find("web-rehearsed") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(where_the_api_server_does_not_tell_it_is_not_known) {
  scene.old_objects = manifest(spec("{cpu: 1000m}"));
  scene.new_objects = manifest(spec("{cpu: 2}"));
  patches(spec("{cpu: '1'}"), spec("{cpu: '2'}"));
  auto const found = drifts();
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST(found[0].fields.empty());
  BOOST_TEST(!found[0].unsure.empty());
}

BOOST_AUTO_TEST_CASE(a_change_that_the_upgrade_leaves_alone_is_none) {
  scene.old_objects = scene.new_objects = manifest(spec("{replicas: 1, image: 'a:1'}"));
  patches(spec("{replicas: 5, image: 'a:0'}"), spec("{replicas: 5, image: 'a:1'}"));
  auto const found = drifts();
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_REQUIRE(found[0].fields.size() == 1u);
  BOOST_TEST(found[0].fields[0].path == "spec.image");
  BOOST_TEST(found[0].fields[0].manager == "");
}

BOOST_AUTO_TEST_CASE(what_was_taken_away_and_comes_back_is_one) {
  scene.old_objects = scene.new_objects = manifest(spec("{env: [{name: A, value: x}, {name: B, value: y}]}"));
  patches(spec("{env: [{name: A, value: x}]}"), spec("{env: [{name: A, value: x}, {name: B, value: y}]}"));
  auto const found = drifts();
  BOOST_REQUIRE(found.size() == 1u);
  state::DriftedField const expected{"spec.env[B].value", 0, "y", "", "y", "", ""};
  BOOST_TEST((found[0].fields.at(0) == expected));
}

BOOST_AUTO_TEST_CASE(what_a_failed_upgrade_wrote_is_helms_own) {
  scene.old_objects = manifest(spec("{image: 'a:1', replicas: 1}"));
  scene.new_objects = manifest(spec("{image: 'a:1', replicas: 1}"));
  scene.failed_objects = manifest(spec("{image: 'a:2', replicas: 1}"));
  patches(spec("{image: 'a:2', replicas: 1}"), spec("{image: 'a:1', replicas: 1}"));
  BOOST_TEST(drifts().empty());
}

BOOST_AUTO_TEST_CASE(a_refused_change_is_not_known_only_where_there_is_something_to_lose) {
  scene.old_objects = manifest(spec("{a: 1}"));
  scene.new_objects = manifest(spec("{a: 2}"));
  patches(spec("{a: 1, b: 5}"), "");
  auto const now_lost = drifts();
  BOOST_TEST((now_lost.size() == 0u || now_lost[0].fields.empty()));
  BOOST_TEST(now_lost.empty());
  played.writes.clear();
  patches(spec("{a: 7, b: 5}"), "");
  auto const found = drifts();
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST(found[0].fields.empty());
  BOOST_TEST(found[0].unsure.find("refuses") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_object_that_was_deleted_and_is_made_anew_is_one) {
  scene.old_objects = scene.new_objects = manifest(spec("{a: 1}"));
  patches("{}", spec("{a: 1}"));
  played.writes[0].creates = true;
  auto const found = drifts();
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST(found[0].fields.at(0).path == "");
}

BOOST_AUTO_TEST_CASE(an_autoscaler_is_named_as_such) {
  scene.old_objects = scene.new_objects = manifest(spec("{replicas: 1}"));
  patches(spec("{replicas: 5}"), spec("{replicas: 1}"));
  answers["GET /apis/autoscaling/v1/namespaces/c/horizontalpodautoscalers"] =
      R"({"items":[{"metadata":{"name":"other"},"spec":{"scaleTargetRef":{"kind":"Deployment","name":"x"}}},
                   {"metadata":{"name":"auto"},"spec":{"scaleTargetRef":{"kind":"Deployment","name":"web"}}}]})";
  BOOST_TEST(drifts().at(0).fields.at(0).manager == "HorizontalPodAutoscaler/auto");
}

BOOST_AUTO_TEST_CASE(a_secrets_value_is_compared_as_it_is_stored_and_never_told) {
  auto const secret = [](std::string const& value) { return "{apiVersion: v1, kind: Secret, metadata: {name: s}, " + value + "}"; };
  scene.old_objects = scene.new_objects = manifest(secret("stringData: {a: hunter2, b: same}"));
  patches(secret("data: {a: Y2hhbmdlZA==, b: c2FtZQ==}"), secret("data: {a: aHVudGVyMg==, b: c2FtZQ==}"), "/api/v1/namespaces/c/secrets/s");
  auto const found = drifts();
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_REQUIRE(found[0].fields.size() == 1u);
  state::DriftedField const expected{"data.a", 0, "(hidden)", "(hidden)", "(hidden)", "", ""};
  BOOST_TEST((found[0].fields[0] == expected));
}

BOOST_AUTO_TEST_CASE(who_owns_an_item_is_found_by_the_items_own_keys) {
  auto const object = yaml(
      "{metadata: {managedFields: [{manager: sidecar, time: '2026-01-02T00:00:00Z', fieldsV1: {'f:spec': {'f:ports':"
      " {'k:{\"containerPort\":80,\"protocol\":\"TCP\"}': {'f:name': {}}}, 'f:list': {}}}}]},"
      " spec: {ports: [{name: web, containerPort: 80, protocol: TCP}, {name: dns, containerPort: 53, protocol: UDP}], list: [{a: 1}]}}");
  auto const author = [&](rehearsal::FieldPath path) {
    path.insert(path.begin(), {"spec", {}, {}, 0});
    return rehearsal::author_of(object, path).manager;
  };
  BOOST_TEST(author({{"ports", {}, {}, 0}, {{}, "name", "web", 0}, {"name", {}, {}, 0}}) == "sidecar");
  BOOST_TEST(author({{"ports", {}, {}, 0}, {{}, "name", "dns", 0}, {"name", {}, {}, 0}}) == "");
  BOOST_TEST(author({{"ports", {}, {}, 0}, {{}, "name", "web", 0}, {"protocol", {}, {}, 0}}) == "");
  BOOST_TEST(author({{"list", {}, {}, 0}, {{}, {}, {}, 0}, {"a", {}, {}, 0}}) == "sidecar", "a list that is owned as a whole");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(changes_of_writes, Fixture)

namespace {

std::vector<state::Write> changes(Fixture& fixture) {
  std::vector<state::Write> writes;
  for (auto const& write : fixture.played.writes)
    if (write.method != "DELETE") writes.push_back({.verb = write.method, .creates = write.creates});
  fixture.scene.new_by_key = fixture.ask.resources.by_key(fixture.scene.new_objects, fixture.scene.name_space);
  rehearsal::add_changes(writes, fixture.scene, fixture.ask);
  return writes;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_patched_object_is_compared_and_a_new_or_refused_one_is_not) {
  patches(spec("{a: 1}"), spec("{a: 2}"));
  patches(spec("{a: 1}"), "", "/apis/apps/v1/namespaces/c/deployments/refused");
  patches("{}", spec("{a: 2}"), "/apis/apps/v1/namespaces/c/deployments/new");
  played.writes[2].creates = true;
  auto const writes = changes(*this);
  BOOST_TEST(writes[0].changes.compared);
  BOOST_TEST(writes[0].changes.fields.at(0).after == "2");
  BOOST_TEST(!writes[1].changes.compared);
  BOOST_TEST(!writes[2].changes.compared);
}

BOOST_AUTO_TEST_CASE(an_object_that_is_read_in_another_version_is_read_again) {
  patches("{apiVersion: extensions/v1beta1, kind: Deployment, spec: {old: 1}}", spec("{a: 2}"));
  answers["GET /apis/apps/v1/namespaces/c/deployments/web"] = R"({"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"web"},"spec":{"a":1}})";
  auto const writes = changes(*this);
  BOOST_REQUIRE(writes[0].changes.fields.size() == 1u);
  BOOST_TEST(writes[0].changes.fields[0].path == "spec.a");
}

BOOST_AUTO_TEST_CASE(an_object_that_is_written_twice_has_its_changes_with_the_last_and_says_that_they_may_be_others) {
  patches(spec("{a: 1}"), spec("{a: 2}"));
  patches(spec("{a: 2}"), spec("{a: 1, b: 3}"));
  auto const writes = changes(*this);
  BOOST_TEST(!writes[0].changes.compared);
  BOOST_REQUIRE(writes[1].changes.fields.size() == 1u);
  BOOST_TEST(writes[1].changes.fields[0].path == "spec.b");
  BOOST_TEST(writes[1].changes.unsure.find("2 times") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
