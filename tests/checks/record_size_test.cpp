#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(record_size)

BOOST_AUTO_TEST_CASE(a_small_record_passes) { BOOST_TEST(passes("record-size", healthy())); }

BOOST_AUTO_TEST_CASE(a_record_near_the_limit_is_a_warning) {
  auto state = healthy();
  rehearsal_of(state).record_bytes = 1'000'000;
  BOOST_TEST(finding_of("record-size", state).message == "it takes 976 KiB of the 1024 KiB that the API server allows");
}

BOOST_AUTO_TEST_CASE(a_record_that_was_not_made_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  BOOST_TEST(unverified_of("record-size", state).why.starts_with("the chart does not render"));
}

BOOST_AUTO_TEST_SUITE_END()
