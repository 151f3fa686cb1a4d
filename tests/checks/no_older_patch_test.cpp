#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(no_older_patch)

BOOST_AUTO_TEST_CASE(a_newer_patch_and_the_same_pass) {
  BOOST_TEST(passes("no-older-patch", healthy()));
  BOOST_TEST(passes("no-older-patch", upgrade("1.21.7", "1.21.7")));
}

BOOST_AUTO_TEST_CASE(an_older_patch_is_an_error) {
  BOOST_TEST(finding_of("no-older-patch", upgrade("1.21.7", "1.21.4")).object == "1.21.7 → 1.21.4");
}

BOOST_AUTO_TEST_CASE(a_candidate_is_older_than_its_release) {
  BOOST_TEST(finding_of("no-older-patch", upgrade("1.21.0", "1.21.0-rc.2")).object == "1.21.0 → 1.21.0-rc.2");
}

BOOST_AUTO_TEST_CASE(an_older_line_is_for_another_check) {
  BOOST_TEST(passes("no-older-patch", upgrade("1.22.0", "1.21.7")));
}

BOOST_AUTO_TEST_CASE(an_unknown_release_is_not_verified) {
  auto state = healthy();
  state.release = state::Unknown{"you may not list Secrets", ""};
  BOOST_TEST(unverified_of("no-older-patch", state).why == "you may not list Secrets");
}

BOOST_AUTO_TEST_SUITE_END()
