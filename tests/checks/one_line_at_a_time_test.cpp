#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(one_line_at_a_time)

BOOST_AUTO_TEST_CASE(the_same_line_and_the_next_pass) {
  BOOST_TEST(passes("one-line-at-a-time", healthy()));
  BOOST_TEST(passes("one-line-at-a-time", upgrade("1.15.2", "1.16.3")));
}

BOOST_AUTO_TEST_CASE(a_candidate_of_the_next_line_passes) {
  BOOST_TEST(passes("one-line-at-a-time", upgrade("1.20.0", "1.21.0-rc.1")));
}

BOOST_AUTO_TEST_CASE(a_skipped_line_is_an_error_that_names_the_next_stop_as_coder_released_it) {
  auto const finding = finding_of("one-line-at-a-time", upgrade("1.15.2", "1.17.4"));
  BOOST_TEST(finding.object == "1.15.2 → 1.17.4");
  BOOST_TEST(finding.message == "Coder supports one release line at a time, and the next one is 1.16");
  BOOST_TEST(remedy_of(finding) == "helm coder upgrade --version 1.16.3");
}

BOOST_AUTO_TEST_CASE(the_next_stop_is_the_newest_patch_that_the_index_has) {
  auto state = upgrade("1.20.0", "1.22.3");
  std::get<state::Repository>(state.repository).versions = {"1.22.3", "1.21.9-rc.1", "1.21.4", "1.21.10", "1.20.0"};
  BOOST_TEST(remedy_of(finding_of("one-line-at-a-time", state)) == "helm coder upgrade --version 1.21.10");
}

BOOST_AUTO_TEST_CASE(the_next_stop_is_none_that_is_known_to_break) {
  auto state = upgrade("1.33.6", "1.35.4");
  std::get<state::Repository>(state.repository).versions = {"1.34.0"};
  BOOST_TEST(remedy_of(finding_of("one-line-at-a-time", state)) == "helm coder upgrade --version 1.34.3");
}

BOOST_AUTO_TEST_CASE(coder_2_is_another_product) {
  auto const finding = finding_of("one-line-at-a-time", upgrade("1.44.3", "2.8.0"));
  BOOST_TEST(finding.message == "Coder 2 can't take over from Coder 1: it refuses its database");
}

BOOST_AUTO_TEST_CASE(where_nothing_is_installed_any_line_will_do) {
  auto state = upgrade("1.15.2", "1.44.3");
  release_of(state).base = 0;
  BOOST_TEST(passes("one-line-at-a-time", state));
}

BOOST_AUTO_TEST_CASE(versions_that_can_not_be_read_are_not_verified) {
  BOOST_TEST(unverified_of("one-line-at-a-time", upgrade("", "1.21.7")).object == "revision 1");
  BOOST_TEST(unverified_of("one-line-at-a-time", upgrade("1.20.0", "master")).why ==
             "the chart's version \"master\" is none that can be read");
}

BOOST_AUTO_TEST_CASE(another_chart_is_not_verified) {
  auto state = healthy();
  std::get<state::Target>(state.target).name = "lab";
  BOOST_TEST(unverified_of("one-line-at-a-time", state).why ==
             "the chart is lab, and only Coder's own charts are known");
}

BOOST_AUTO_TEST_SUITE_END()
