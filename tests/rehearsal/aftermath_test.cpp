#include "rehearsal/aftermath.h"

#include <boost/test/unit_test.hpp>

using namespace rehearsal;
using base::Json;
using state::Fate;

namespace {

Json map(std::string const& name, char const* value) {
  return base::parse_yaml("{apiVersion: v1, kind: ConfigMap, metadata: {name: " + name + ", resourceVersion: '" + value + "'}, data: {a: '" + value + "'}}").value();
}
Key key(std::string const& name) { return {"", "configmaps", "c", name}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(aftermath)

BOOST_AUTO_TEST_CASE(each_object_is_followed_through_the_failure_and_the_rollback) {
  std::map<Key, Json> const live = {{key("changed"), map("changed", "1")}, {key("repaired"), map("repaired", "1")}, {key("gone"), map("gone", "1")}};
  Layer failed, end;
  failed.put(key("changed"), map("changed", "2"), true), end.put(key("changed"), map("changed", "2"), true);
  failed.put(key("repaired"), map("repaired", "2"), true), end.put(key("repaired"), map("repaired", "1"), true);
  failed.put(key("new"), map("new", "1"), false), end.remove(key("new"), false);
  failed.put(key("stays"), map("stays", "1"), false), end.put(key("stays"), map("stays", "1"), false);
  end.remove(key("gone"), true);
  auto const all = aftermath_of(failed, end, live);
  std::map<std::string, std::pair<Fate, Fate>> found;
  for (auto const& each : all) found[each.object.name] = {each.failed, each.rolled_back};
  std::map<std::string, std::pair<Fate, Fate>> const expected = {{"changed", {Fate::changed, Fate::changed}},
                                                                 {"repaired", {Fate::changed, Fate::as_before}},
                                                                 {"new", {Fate::created, Fate::as_before}},
                                                                 {"stays", {Fate::created, Fate::created}},
                                                                 {"gone", {Fate::as_before, Fate::deleted}}};
  BOOST_TEST((found == expected));
  for (auto const& each : all) BOOST_TEST(each.object.kind == "ConfigMap", each.object.name);
}

BOOST_AUTO_TEST_CASE(records_and_what_only_the_server_counts_are_left_out) {
  Layer failed;
  failed.put({"", "secrets", "c", "sh.helm.release.v1.coder.v2"}, Json::Object{{"kind", "Secret"}}, false);
  auto touched = map("same", "1");
  touched.set("metadata").set("resourceVersion") = "9";
  failed.put(key("same"), touched, true);
  BOOST_TEST(aftermath_of(failed, failed, {{key("same"), map("same", "1")}}).empty());
}

BOOST_AUTO_TEST_CASE(an_object_in_another_form_can_not_be_called_the_same) {
  Layer failed;
  auto other = map("a", "1");
  other.set("apiVersion") = "v2";
  failed.put(key("a"), other, true);
  BOOST_TEST((aftermath_of(failed, failed, {{key("a"), map("a", "1")}}).at(0).failed == Fate::changed));
}

BOOST_AUTO_TEST_SUITE_END()
