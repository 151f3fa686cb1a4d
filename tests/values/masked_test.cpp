#include "values/masked.h"

#include <boost/test/unit_test.hpp>

#include "values/defaults.h"

namespace {

bool only_replicas(std::vector<std::string> const& path, base::Json const& value) { return path.back() == "replicas" || value.is_bool(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(masks)

BOOST_AUTO_TEST_CASE(values_are_hidden_line_for_line) {
  BOOST_TEST(values::masked("a: secret # why\nreplicas: 2\nb: {c: x, d: true}\nl:\n  - one\n  - |\n    two\n    three\nm: \"x\n  y\"\n", only_replicas) ==
             "a: (hidden) # why\nreplicas: 2\nb: {c: (hidden), d: true}\nl:\n  - (hidden)\n  - (hidden)\n    (hidden)\n    (hidden)\nm: (hidden)\n  (hidden)\n");
}

BOOST_AUTO_TEST_CASE(a_comment_that_speaks_of_a_secret_is_hidden) {
  BOOST_TEST(values::masked("# password: hunter2\nreplicas: 2 # of token=abc\n", only_replicas) == "# (hidden)\nreplicas: 2 # (hidden)\n");
}

BOOST_AUTO_TEST_CASE(what_is_no_yaml_is_hidden) { BOOST_TEST(values::masked("a: [", only_replicas) == "(hidden)"); }

BOOST_AUTO_TEST_CASE(own_values_are_told_apart_from_defaults) {
  auto const own = base::parse_yaml("a: {b: 1, c: x, d: {e: 1}}\nf: []\ng: 1\n"), defaults = base::parse_yaml("a: {b: 1, c: y, d: {}}\nf: []\n");
  state::Values const flat{{{"a.b", "1"}, {"a.c", "\"x\""}, {"a.d.e", "1"}, {"f", "[]"}, {"g", "1"}}}, by_default{{{"a.b", "1"}, {"a.c", "\"y\""}, {"a.d", "{}"}, {"f", "[]"}}};
  auto const found = values::compared(*own, *defaults, flat, by_default);
  using Kind = values::Compared::Kind;
  std::vector<std::pair<std::string, Kind>> kinds;
  for (auto const& each : found) kinds.emplace_back(each.key, each.kind);
  BOOST_TEST((kinds == std::vector<std::pair<std::string, Kind>>{{"a.b", Kind::same}, {"a.c", Kind::other}, {"a.d.e", Kind::extra}, {"f", Kind::same}, {"g", Kind::extra}}));
  BOOST_TEST(found[1].by_default == "\"y\"");
}

BOOST_AUTO_TEST_SUITE_END()
