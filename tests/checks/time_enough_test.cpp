#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(time_enough)

BOOST_AUTO_TEST_CASE(a_version_that_takes_no_longer_passes) { BOOST_TEST(passes("time-enough", healthy())); }

namespace {

// What is known here is one change that takes long.
state::State over(std::string const& from, std::string const& to) {
  auto state = upgrade(from, to);
  state.knowledge = checks::knowledge();
  state.knowledge.changes = {{.version = "1.30.0", .text = "ids become UUIDs", .timeout = "30m"}};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_long_change_on_the_way_asks_for_more_time) {
  auto const finding = finding_of("time-enough", over("1.29.6", "1.30.5"));
  BOOST_TEST(finding.message == "Helm would wait 5m0s, and this may take longer: ids become UUIDs");
  BOOST_TEST(remedy_of(finding) == "helm coder upgrade --version 1.30.5 --timeout 30m");
}

BOOST_AUTO_TEST_CASE(enough_time_and_a_change_that_is_over_pass) {
  auto state = over("1.29.6", "1.30.5");
  state.request.timeout_seconds = 1800;
  BOOST_TEST(passes("time-enough", state));
  BOOST_TEST(passes("time-enough", over("1.30.0", "1.30.5")));
}

BOOST_AUTO_TEST_CASE(another_chart_is_not_verified) {
  auto state = healthy();
  std::get<state::Target>(state.target).name = "lab";
  BOOST_TEST(unverified_of("time-enough", state).why == "the chart is lab, and only Coder's own charts are known");
}

BOOST_AUTO_TEST_SUITE_END()
