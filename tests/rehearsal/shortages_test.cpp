#include "rehearsal/shortages.h"

#include <boost/test/unit_test.hpp>

#include "clients/scratch.h"
#include "clients/server.h"

using base::Json;

namespace {

Json yaml(std::string const& text) { return base::parse_yaml(text).value(); }

// An API server with quotas, which takes every pod as it is.
struct Fixture {
  scratch::Folder folder;
  std::string quotas = "[]";
  std::string claims = "[]";
  int status = 200;
  Server server{(folder / "s").string(), [this](std::string const& request) {
                  if (request.starts_with("GET /api/v1/namespaces/c/resourcequotas")) return Server::http(status, base::to_text(yaml("{items: " + quotas + "}")));
                  if (request.starts_with("GET /api/v1/namespaces/c/persistentvolumeclaims")) return Server::http(200, base::to_text(yaml("{items: " + claims + "}")));
                  return request.starts_with("POST ") ? Server::http(201, request.substr(request.find("\r\n\r\n") + 4)) : Server::http(404, "{}");
                }};
  clients::Kubernetes api{(folder / "s").string(), ""};
  rehearsal::Questions ask{api};
  rehearsal::Played played;
  rehearsal::Scene scene{.release = "coder", .name_space = "c", .driver = "secret", .played = &played};
  std::vector<state::Trial> trials;

  void quota(std::string const& resource, std::string const& used, std::string const& hard, std::string const& more = "") {
    quotas = "[{metadata: {name: q}, spec: {hard: {" + resource + ": '" + hard + "'}" + more + "}, status: {used: {" + resource + ": '" + used + "'}}}]";
  }
  void write(std::string const& resource, std::string const& name, Json before, Json after, std::string method = "") {
    auto const group = resource.find("deployments") == 0 || resource.find("statefulsets") == 0 || resource == "daemonsets" ? "/apis/apps/v1" : "/api/v1";
    rehearsal::Recorded write{.method = method.empty() ? before.is_null() ? "POST" : "PATCH" : method,
                              .target = rehearsal::parse_target(group + std::string("/namespaces/c/") + resource + "/" + name)};
    write.creates = before.is_null();
    write.before = std::move(before), write.after = std::move(after);
    write.reply.status = 200;
    played.writes.push_back(std::move(write));
  }
  void makes(std::string const& resource, std::string const& name) { write(resource, name, Json(), yaml("{metadata: {name: " + name + "}}")); }
  std::vector<state::Shortage> shortages() { return shortages_of(scene, trials, quotas_of(scene, ask), ask); }
  state::Shortage shortage() {
    auto const all = shortages();
    BOOST_REQUIRE(all.size() == 1u);
    return all[0];
  }
};

Json deployment(int replicas, std::string const& cpu, std::string const& strategy = "{}", int there = 0) {
  return yaml("{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: " + std::to_string(replicas) + ", strategy: " + strategy +
              ", template: {spec: {containers: [{resources: {requests: {cpu: " + cpu + "}}}]}}}, status: {replicas: " + std::to_string(there) + "}}");
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(shortages, Fixture)

BOOST_AUTO_TEST_CASE(two_objects_that_fit_alone_may_be_too_much_together) {
  quota("configmaps", "8", "9");
  makes("configmaps", "a");
  BOOST_TEST(shortages().empty());
  makes("configmaps", "b");
  state::Shortage const expected{"c", "q", "configmaps", "8", "2", "9", {"configmaps/a", "configmaps/b"}, ""};
  auto found = shortage();
  found.by = expected.by;  // their kind is not known here
  BOOST_TEST((found == expected));
}

BOOST_AUTO_TEST_CASE(pods_of_a_new_workload_are_counted_by_its_replicas) {
  quota("requests.cpu", "500m", "1");
  write("deployments", "web", Json(), deployment(3, "250m"));
  auto const found = shortage();
  BOOST_TEST(found.used == "500m");
  BOOST_TEST(found.added == "750m");
  BOOST_TEST(found.hard == "1");
  BOOST_TEST((found.by == std::vector<std::string>{"3 pods of Deployment/web"}));
  BOOST_TEST(found.unsure.empty());
}

BOOST_AUTO_TEST_CASE(pods_that_take_the_place_of_others_count_by_the_difference) {
  quota("requests.cpu", "500m", "1");
  write("deployments", "web", deployment(2, "250m", "{type: Recreate}", 2), deployment(2, "400m", "{type: Recreate}"));
  BOOST_TEST(shortages().empty());
  played.writes.clear();
  write("deployments", "web", deployment(2, "250m", "{type: Recreate}", 2), deployment(3, "400m", "{type: Recreate}"));
  BOOST_TEST(shortage().added == "700m");
}

BOOST_AUTO_TEST_CASE(room_that_only_the_way_there_needs_is_not_certain) {
  quota("pods", "2", "4");
  auto const rolling = "{type: RollingUpdate, rollingUpdate: {maxSurge: 1, maxUnavailable: 25%}}";
  write("deployments", "web", deployment(1, "250m", rolling, 1), deployment(1, "300m", rolling));
  BOOST_TEST(shortages().empty());  // a pod of it was tried by itself
  write("deployments", "new", Json(), deployment(2, "1"));
  BOOST_TEST(shortage().unsure == "it leaves no room for the new pods that come before the old ones go");
}

BOOST_AUTO_TEST_CASE(what_goes_makes_room_only_in_the_end) {
  quota("pods", "3", "4");
  write("deployments", "old", deployment(3, "1", "{}", 3), Json(), "DELETE");
  write("deployments", "new", Json(), deployment(2, "1"));
  BOOST_TEST(shortage().unsure == "it fits only once what the upgrade takes away is gone");
}

BOOST_AUTO_TEST_CASE(what_a_quota_refuses_by_itself_is_not_said_twice) {
  quota("requests.cpu", "900m", "1");
  write("deployments", "web", Json(), deployment(3, "250m"));
  trials.push_back({.object = object_of(played.writes[0]), .what = "a pod", .verdict = {.judgement = state::Judgement::rejected, .cause = state::Cause::quota}});
  BOOST_TEST(shortages().empty());
}

BOOST_AUTO_TEST_CASE(scopes_are_heeded_and_one_that_is_not_known_is_not_certain) {
  write("deployments", "web", Json(), deployment(3, "250m"));
  quota("pods", "0", "2", ", scopes: [BestEffort]");
  BOOST_TEST(shortages().empty());
  quota("pods", "0", "2", ", scopes: [NotBestEffort]");
  BOOST_TEST(shortage().unsure.empty());
  quota("pods", "0", "2", ", scopes: [Unheard]");
  BOOST_TEST(shortage().unsure == "one of its scopes is not known here");
}

BOOST_AUTO_TEST_CASE(claims_of_a_stateful_set_count_unless_they_are_there) {
  quota("requests.storage", "1Gi", "4Gi");
  auto const set = yaml("{apiVersion: apps/v1, kind: StatefulSet, metadata: {name: db}, spec: {replicas: 3, template: {spec: {containers: [{}]}}, "
                        "volumeClaimTemplates: [{metadata: {name: data}, spec: {resources: {requests: {storage: 2Gi}}}}]}}");
  write("statefulsets", "db", Json(), set);
  BOOST_TEST(shortage().added == "6Gi");
  claims = "[{metadata: {name: data-db-0}}, {metadata: {name: data-db-1}}]";
  BOOST_TEST(shortages().empty());
}

BOOST_AUTO_TEST_CASE(helms_record_counts_and_the_one_that_it_drops_makes_room) {
  quota("secrets", "9", "10");
  makes("secrets", "sh.helm.release.v1.coder.v2");
  BOOST_TEST(shortages().empty());
  makes("secrets", "a");
  BOOST_TEST(shortage().by.front() == "Helm's record");
  write("secrets", "sh.helm.release.v1.coder.v1", Json::Object{}, Json(), "DELETE");
  BOOST_TEST(shortages().empty());
}

BOOST_AUTO_TEST_CASE(a_daemon_set_on_nodes_that_are_not_known_is_not_certain) {
  quota("pods", "0", "2");
  write("daemonsets", "agent", Json(), yaml("{apiVersion: apps/v1, kind: DaemonSet, metadata: {name: agent}, spec: {template: {spec: {containers: [{}]}}}}"));
  BOOST_TEST(shortage().unsure == "on how many nodes DaemonSet/agent runs is not known yet");
}

BOOST_AUTO_TEST_CASE(quotas_that_can_not_be_read_or_are_not_counted_are_not_verified) {
  makes("configmaps", "a");
  status = 403;
  auto found = shortage();
  BOOST_TEST(found.quota.empty());
  BOOST_TEST(found.unsure.starts_with("its quotas can't be read: "));
  status = 200;
  quotas = "[{metadata: {name: q}, spec: {hard: {configmaps: '1'}}}]";
  BOOST_TEST(shortage().unsure == "what it has used so far is not known");
}

BOOST_AUTO_TEST_CASE(a_refused_object_does_not_count) {
  quota("configmaps", "9", "9");
  makes("configmaps", "a");
  played.writes[0].reply.status = 403;
  BOOST_TEST(shortages().empty());
}

BOOST_AUTO_TEST_SUITE_END()
