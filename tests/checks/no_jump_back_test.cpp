#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(no_jump_back)

BOOST_AUTO_TEST_CASE(forward_passes) { BOOST_TEST(passes("no-jump-back", healthy())); }

BOOST_AUTO_TEST_CASE(an_older_line_is_an_error) {
  auto const finding = finding_of("no-jump-back", upgrade("1.22.0", "1.21.7"));
  BOOST_TEST(finding.object == "1.22.0 → 1.21.7");
  BOOST_TEST(finding.message == "the database is one of 1.22, and an older version can't work with it");
}

BOOST_AUTO_TEST_CASE(an_older_patch_is_for_another_check) {
  BOOST_TEST(passes("no-jump-back", upgrade("1.21.7", "1.21.4")));
}

BOOST_AUTO_TEST_CASE(an_unknown_target_is_not_verified) {
  auto state = healthy();
  state.target = state::Unknown{"helm pull failed", ""};
  BOOST_TEST(unverified_of("no-jump-back", state).why == "helm pull failed");
}

BOOST_AUTO_TEST_SUITE_END()
