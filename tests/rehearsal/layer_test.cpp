#include "rehearsal/layer.h"

#include <boost/test/unit_test.hpp>

using base::parse_json;
using rehearsal::Layer;
using rehearsal::matches;
using rehearsal::parse_target;

namespace {

base::Json json(char const* text) { return parse_json(text).value(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(layer)

BOOST_AUTO_TEST_CASE(selectors_of_equality_and_presence_are_understood) {
  auto const labels = json(R"({"owner":"helm","name":"coder"})");
  BOOST_TEST(matches(labels, "").value());
  BOOST_TEST(matches(labels, "owner=helm,name=coder").value());
  BOOST_TEST(matches(labels, "owner==helm").value());
  BOOST_TEST(!matches(labels, "owner=tiller").value());
  BOOST_TEST(matches(labels, "status!=deployed").value());
  BOOST_TEST(!matches(labels, "owner!=helm").value());
  BOOST_TEST(matches(labels, "owner,!status").value());
  BOOST_TEST(!matches(labels, "status in (a,b)").has_value());
}

BOOST_AUTO_TEST_CASE(a_list_shows_what_was_written_and_hides_what_was_deleted) {
  Layer layer;
  auto const at = [](char const* name) { return parse_target(std::string("/api/v1/namespaces/c/secrets/") + name).key(); };
  layer.put(at("new"), json(R"({"metadata":{"name":"new","namespace":"c","labels":{"owner":"helm"}}})"), false);
  layer.put(at("changed"), json(R"({"metadata":{"name":"changed","namespace":"c","labels":{"owner":"helm"}},"data":{"k":"2"}})"), true);
  layer.put(at("other"), json(R"({"metadata":{"name":"other","namespace":"c"}})"), false);
  layer.remove(at("gone"), true);
  auto list = json(R"({"items":[{"metadata":{"name":"gone","namespace":"c"}},{"metadata":{"name":"changed","namespace":"c"}},
                                {"metadata":{"name":"same","namespace":"c"}}]})");
  layer.merge_into(list, parse_target("/api/v1/namespaces/c/secrets?labelSelector=owner%3Dhelm"));
  std::string names;
  for (auto const& item : list["items"].items()) names += item["metadata"]["name"].str() + " ";
  BOOST_TEST(names == "same changed new ");
}

BOOST_AUTO_TEST_CASE(a_list_of_another_namespace_or_resource_is_not_touched) {
  Layer layer;
  layer.remove(parse_target("/api/v1/namespaces/c/secrets/s").key(), true);
  BOOST_TEST(layer.touches(parse_target("/api/v1/namespaces/c/secrets")));
  BOOST_TEST(layer.touches(parse_target("/api/v1/secrets")));
  BOOST_TEST(!layer.touches(parse_target("/api/v1/namespaces/d/secrets")));
  BOOST_TEST(!layer.touches(parse_target("/api/v1/namespaces/c/configmaps")));
}

BOOST_AUTO_TEST_SUITE_END()
