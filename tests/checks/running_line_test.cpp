#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(running_line)

BOOST_AUTO_TEST_CASE(the_same_line_and_the_next_pass) {
  BOOST_TEST(passes("running-line", healthy()));
  BOOST_TEST(passes("running-line", upgrade("1.21.7", "1.22.3")));
}

BOOST_AUTO_TEST_CASE(a_program_that_is_two_lines_behind_is_sent_to_the_line_between) {
  auto state = upgrade("1.21.7", "1.22.3");
  std::get<state::Coder>(state.coder).version = "1.20.0";
  auto const finding = finding_of("running-line", state);
  BOOST_TEST(finding.object == "1.20.0 → 1.22.3");
  BOOST_TEST(remedy_of(finding).starts_with("helm coder upgrade --version 1.21."));
}

BOOST_AUTO_TEST_CASE(a_coder_that_does_not_say_its_version_is_not_verified) {
  auto const state = with_coder([](auto& it) { it.version = ""; });
  BOOST_TEST(unverified_of("running-line", state).why == "Coder (https://coder.example.com) does not say its version");
  unverified_without_coder("running-line");
}

BOOST_AUTO_TEST_SUITE_END()
