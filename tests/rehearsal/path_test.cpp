#include "rehearsal/path.h"

#include <boost/test/unit_test.hpp>

using rehearsal::parse_target;
using Shape = rehearsal::Target::Shape;

BOOST_AUTO_TEST_SUITE(path)

BOOST_AUTO_TEST_CASE(discovery_schema_and_version_pass) {
  for (auto const* path : {"/version", "/version?timeout=32s", "/api", "/apis", "/api/v1", "/apis/apps/v1", "/apis/apps", "/openapi/v2",
                           "/openapi/v3", "/openapi/v3/apis/apps/v1?hash=ABC", "/openapi/v3/api/v1"})
    BOOST_TEST((parse_target(path).shape == Shape::passed), path);
}

BOOST_AUTO_TEST_CASE(collections_and_objects_are_taken_apart) {
  auto const service = parse_target("/api/v1/namespaces/coder/services/d?x=1");
  BOOST_TEST((service.shape == Shape::object));
  BOOST_TEST(service.name_space == "coder");
  BOOST_TEST(service.resource == "services");
  BOOST_TEST(service.name == "d");
  auto const list = parse_target("/apis/apps/v1/namespaces/coder/deployments?labelSelector=a%3Db");
  BOOST_TEST((list.shape == Shape::collection));
  BOOST_TEST(list.query_value("labelSelector") == "a=b");
  BOOST_TEST((parse_target("/api/v1/namespaces/coder").key() == rehearsal::Key{"", "namespaces", "", "coder"}));
  BOOST_TEST((parse_target("/apis/rbac.authorization.k8s.io/v1/clusterroles/system:node").shape == Shape::object));
  BOOST_TEST(parse_target("/apis/rbac.authorization.k8s.io/v1/clusterroles/a%3Ab").name == "a:b");
}

BOOST_AUTO_TEST_CASE(subresources_and_tricks_in_names_are_refused) {
  for (auto const* path : {"/api/v1/namespaces/coder/services/d/proxy", "/api/v1/namespaces/coder/services/d/proxy/x",
                           "/api/v1/namespaces/coder/pods/p/exec", "/api/v1/namespaces/coder/status", "/api/v1/namespaces/coder/finalize",
                           "/api/v1/namespaces/coder/services/..", "/api/v1/namespaces/coder/services/d%2Fproxy",
                           "/api/v1/namespaces/coder/services/%2e%2e", "/api/v1/namespaces//services/d", "/api/v1/namespaces/../secrets",
                           "/api/v1/nodes/n1/proxy", "/logs", "/metrics", "/healthz", "", "/", "//api", "/api/v1/", "/api/v2/pods",
                           "/apis/apps/../v1", "/openapi/v3/../../logs", "http://elsewhere/api", "/api/v1/pods\r\nX: y",
                           "/apis/authentication.k8s.io/v1/tokenreviews", "/apis/authorization.k8s.io/v1/subjectaccessreviews",
                           "/api/v1/namespaces/coder/services/d%00", "/api/v1/namespaces/coder/services/a%zz",
                           "/api/v1/namespaces/coder/serviceaccounts/x/token"})
    BOOST_TEST((parse_target(path).shape == Shape::refused), path);
  BOOST_TEST((parse_target("/api/v1/namespaces/" + std::string(10'000, 'a')).shape == Shape::refused));
}

BOOST_AUTO_TEST_CASE(an_ingress_is_the_same_object_under_both_of_its_groups_and_no_other) {
  auto const old_one = parse_target("/apis/extensions/v1beta1/namespaces/c/ingresses/web").key();
  auto const new_one = parse_target("/apis/networking.k8s.io/v1/namespaces/c/ingresses/web").key();
  BOOST_TEST((old_one == new_one));
  auto const custom = parse_target("/apis/example.com/v1/namespaces/c/services/d").key();
  BOOST_TEST((custom != parse_target("/api/v1/namespaces/c/services/d").key()));
}

BOOST_AUTO_TEST_CASE(a_write_always_carries_dry_run_and_only_known_parameters) {
  auto const target = parse_target("/api/v1/namespaces/c/services/d?fieldManager=helm&force=true&dryRun=&propagationPolicy=Orphan&x=y");
  BOOST_TEST(rehearsal::upstream_query(target, true) == "?dryRun=All&fieldManager=helm&force=true");
  auto const sneaky = parse_target("/api/v1/namespaces/c/services?fieldManager=a%26dryRun%3D");
  BOOST_TEST(rehearsal::upstream_query(sneaky, true) == "?dryRun=All&fieldManager=a%26dryRun%3D");
}

BOOST_AUTO_TEST_SUITE_END()
