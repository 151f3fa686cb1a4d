#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(running_version)

BOOST_AUTO_TEST_CASE(the_version_of_the_record_passes) { BOOST_TEST(passes("running-version", healthy())); }

BOOST_AUTO_TEST_CASE(another_version_than_that_of_the_record_is_a_finding) {
  auto const finding = finding_of("running-version", with_coder([](auto& it) { it.version = "1.20.0"; }));
  BOOST_TEST(finding.message == "it runs 1.20.0, while revision 1 of the release is 1.21.0");
}

BOOST_AUTO_TEST_CASE(a_coder_that_does_not_say_its_version_is_not_verified) {
  auto const state = with_coder([](auto& it) { it.version = ""; });
  BOOST_TEST(unverified_of("running-version", state).why == "Coder (https://coder.example.com) does not say its version");
  unverified_without_coder("running-version");
}

BOOST_AUTO_TEST_CASE(a_record_that_names_no_version_is_not_verified) {
  auto state = healthy();
  release_of(state).revisions.back().chart_version = "";
  BOOST_TEST(unverified_of("running-version", state).why == "the release's record names no version");
}

BOOST_AUTO_TEST_SUITE_END()
