#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(target_sound)

BOOST_AUTO_TEST_CASE(a_sound_version_passes) { BOOST_TEST(passes("target-sound", healthy())); }

BOOST_AUTO_TEST_CASE(a_withdrawn_version_is_an_error_that_names_its_successor) {
  auto const finding = finding_of("target-sound", upgrade("1.14.4", "1.15.0"));
  BOOST_TEST(finding.object == "coder 1.15.0");
  BOOST_TEST(finding.message.starts_with("it was withdrawn"));
  BOOST_TEST(remedy_of(finding) == "helm coder preflight --version 1.15.1");
}

BOOST_AUTO_TEST_CASE(a_version_that_breaks_for_everybody_is_an_error) {
  auto const finding = finding_of("target-sound", upgrade("1.33.6", "1.34.0"));
  BOOST_TEST(finding.message == "it does not start: \"migrate v2: up: Dirty database version 1.\"");
  BOOST_TEST(remedy_of(finding) == "helm coder preflight --version 1.34.1");
}

BOOST_AUTO_TEST_CASE(a_version_that_we_never_heard_of_passes) {
  BOOST_TEST(passes("target-sound", upgrade("1.44.3", "1.44.99")));
}

BOOST_AUTO_TEST_CASE(of_a_chart_that_is_not_coders_nothing_is_verified) {
  auto state = healthy();
  std::get<state::Target>(state.target).name = "lab";
  BOOST_TEST(unverified_of("target-sound", state).why == "the chart is lab, and only Coder's own charts are known");
}

BOOST_AUTO_TEST_SUITE_END()
