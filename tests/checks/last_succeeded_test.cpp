#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(last_succeeded)

BOOST_AUTO_TEST_CASE(a_deployed_revision_passes) { BOOST_TEST(passes("last-succeeded", healthy())); }

BOOST_AUTO_TEST_CASE(a_failed_one_is_a_finding_that_says_what_helm_compares_with) {
  auto state = healthy();
  release_of(state).revisions.push_back(
      {.number = 2, .status = "failed", .chart_version = "1.21.7", .description = "context deadline exceeded"});
  auto const finding = finding_of("last-succeeded", state);
  BOOST_TEST(finding.object == "revision 2");
  BOOST_TEST(
      finding.message ==
      "it is failed (1.21.7), with the words \"context deadline exceeded\"; Helm will compare the new version with "
      "revision 1 (1.21.0)");
  BOOST_TEST(remedy_of(finding) == "helm coder recover");
}

BOOST_AUTO_TEST_CASE(a_failed_one_that_is_compared_with_may_be_there_in_part) {
  auto state = healthy();
  release_of(state).revisions.back().status = "failed";
  BOOST_TEST(finding_of("last-succeeded", state).message.ends_with("of which only a part may be there"));
}

BOOST_AUTO_TEST_CASE(an_operation_under_way_is_for_another_check) {
  auto state = healthy();
  release_of(state).revisions.push_back({.number = 2, .status = "pending-upgrade"});
  BOOST_TEST(passes("last-succeeded", state));
}

BOOST_AUTO_TEST_CASE(records_that_may_not_be_read_are_not_verified) {
  auto state = healthy();
  state.release = state::Unknown{"you may not list Secrets", ""};
  BOOST_TEST(unverified_of("last-succeeded", state).why == "you may not list Secrets");
}

BOOST_AUTO_TEST_SUITE_END()
