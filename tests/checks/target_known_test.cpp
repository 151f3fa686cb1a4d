#include <boost/test/unit_test.hpp>

#include "healthy.h"

BOOST_AUTO_TEST_SUITE(target_known)

BOOST_AUTO_TEST_CASE(a_version_that_is_known_passes) { BOOST_TEST(passes("target-known", upgrade("1.44.3", "1.44.4"))); }

BOOST_AUTO_TEST_CASE(one_that_is_newer_than_all_that_is_known_is_a_finding) {
  auto const finding = finding_of("target-known", upgrade("1.44.4", "1.45.0"));
  BOOST_TEST(finding.object == "coder 1.45.0");
  BOOST_TEST(finding.message.ends_with("the newest that it knows is 1.44.4"));
}

BOOST_AUTO_TEST_CASE(newer_knowledge_that_has_it_makes_it_pass) {
  auto state = upgrade("1.44.4", "1.45.0");
  state.knowledge = checks::knowledge();
  state.knowledge.lines.push_back({.line = "1.45"});
  state.knowledge.releases.push_back({.version = "1.45.0"});
  BOOST_TEST(passes("target-known", state));
}

BOOST_AUTO_TEST_CASE(a_chart_that_is_not_coders_is_not_verified) {
  auto state = healthy();
  std::get<state::Target>(state.target).name = "lab";
  BOOST_TEST(unverified_of("target-known", state).why == "the chart is lab, and only Coder's own charts are known");
}

BOOST_AUTO_TEST_SUITE_END()
