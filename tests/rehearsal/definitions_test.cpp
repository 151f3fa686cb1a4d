#include "rehearsal/definitions.h"

#include <boost/test/unit_test.hpp>

using namespace rehearsal;
using base::Json;

namespace {

Json yaml(std::string const& text) { return base::parse_yaml(text).value(); }

Key key_of(std::string const& name) { return {"apiextensions.k8s.io", "customresourcedefinitions", "", name}; }

Json definition(std::string const& group) {
  return yaml("{apiVersion: apiextensions.k8s.io/v1, kind: CustomResourceDefinition, metadata: {name: things." + group +
              "}, spec: {group: " + group + ", scope: Namespaced, names: {plural: things, singular: thing, kind: Thing}, "
              "versions: [{name: v1, served: true}, {name: v0, served: false}]}}");
}

Layer layer_with(std::string const& group, bool live = false) {
  Layer layer;
  layer.put(key_of("things." + group), definition(group), live);
  return layer;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(definitions)

BOOST_AUTO_TEST_CASE(a_new_definition_is_established) {
  auto one = definition("example.org");
  establish(one);
  BOOST_TEST(one["status"]["conditions"].items().at(1)["type"].str() == "Established");
  BOOST_TEST(one["status"]["conditions"].items().at(1)["status"].str() == "True");
  BOOST_TEST((one["status"]["acceptedNames"] == one["spec"]["names"]));
}

BOOST_AUTO_TEST_CASE(its_kinds_are_in_discovery) {
  auto const layer = layer_with("example.org");
  auto const groups = with_definitions(layer, "/apis", yaml("{groups: [{name: apps}]}"));
  BOOST_TEST(groups["groups"].items().size() == 2u);
  BOOST_TEST(groups["groups"].items().at(1)["preferredVersion"]["groupVersion"].str() == "example.org/v1");
  BOOST_TEST(with_definitions(layer, "/apis/example.org", {})["name"].str() == "example.org");
  auto const resources = with_definitions(layer, "/apis/example.org/v1", {});
  BOOST_TEST(resources["resources"].items().at(0)["kind"].str() == "Thing");
  BOOST_TEST(resources["resources"].items().at(0)["namespaced"].bool_or(false));
}

BOOST_AUTO_TEST_CASE(what_is_served_already_is_not_told_twice) {
  auto const layer = layer_with("example.org");
  BOOST_TEST(with_definitions(layer, "/apis", yaml("{groups: [{name: example.org}]}"))["groups"].items().size() == 1u);
  auto const resources = with_definitions(layer, "/apis/example.org/v1", yaml("{resources: [{name: things}, {name: others}]}"));
  BOOST_TEST(resources["resources"].items().size() == 2u);
}

BOOST_AUTO_TEST_CASE(other_paths_versions_and_groups_stay_as_they_are) {
  auto const layer = layer_with("example.org");
  BOOST_TEST(is_discovery_of_more(layer, "/apis"));
  BOOST_TEST(is_discovery_of_more(layer, "/apis/example.org/v1"));
  for (auto const* path : {"/api", "/api/v1", "/apis/", "/apis/apps/v1", "/openapi/v2", "/version"}) BOOST_TEST(!is_discovery_of_more(layer, path), path);
  BOOST_TEST(with_definitions(layer, "/apis/example.org/v0", {}).is_null());
  BOOST_TEST(!defined_in(layer, "example.org", "v0"));
  BOOST_TEST(!defined_in(layer, "apps", "v1"));
}

BOOST_AUTO_TEST_CASE(a_definition_that_the_cluster_has_is_served_by_itself) {
  auto const layer = layer_with("example.org", true);
  BOOST_TEST(!is_discovery_of_more(layer, "/apis"));
  BOOST_TEST(!defined_in(layer, "example.org", "v1"));
  BOOST_TEST(defined_in(layer_with("example.org"), "example.org", "v1"));
}

BOOST_AUTO_TEST_SUITE_END()
