#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(history_readable)

BOOST_AUTO_TEST_CASE(readable_records_pass) { BOOST_TEST(passes("history-readable", healthy())); }

BOOST_AUTO_TEST_CASE(each_unreadable_record_is_a_finding) {
  auto state = healthy();
  release_of(state).revisions.front().readable = false;
  BOOST_TEST(finding_of("history-readable", state).object == "revision 1");
}

BOOST_AUTO_TEST_CASE(records_that_may_not_be_read_are_not_verified) {
  auto state = healthy();
  state.release = state::Unknown{"you may not list Secrets", ""};
  BOOST_TEST(unverified_of("history-readable", state).why == "you may not list Secrets");
}

BOOST_AUTO_TEST_SUITE_END()
