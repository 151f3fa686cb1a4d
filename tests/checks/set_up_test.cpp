#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(set_up)

BOOST_AUTO_TEST_CASE(a_coder_that_is_set_up_passes) { BOOST_TEST(passes("set-up", healthy())); }

BOOST_AUTO_TEST_CASE(setup_mode_is_a_finding) {
  auto const finding = finding_of("set-up", with_coder([](auto& it) { it.setup_mode = state::Told::yes; }));
  BOOST_TEST(finding.object == "Coder (https://coder.example.com)");
}

BOOST_AUTO_TEST_CASE(a_coder_that_does_not_say_so_is_not_verified) {
  auto const state = with_coder([](auto& it) { it.setup_mode = state::Told::not_said; });
  BOOST_TEST(unverified_of("set-up", state).why == "Coder (https://coder.example.com) does not say whether it is set up");
  unverified_without_coder("set-up");
}

BOOST_AUTO_TEST_SUITE_END()
