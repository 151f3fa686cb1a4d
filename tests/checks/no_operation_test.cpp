#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(no_operation)

BOOST_AUTO_TEST_CASE(a_deployed_release_passes) {
  BOOST_TEST(outcome_of("no-operation", healthy()).findings.size() == 0u);
}

BOOST_AUTO_TEST_CASE(a_pending_revision_is_an_error_with_its_age) {
  auto state = healthy();
  auto& last = std::get<state::Release>(state.release).revisions.back();
  last.status = "pending-upgrade";
  last.updated = state.now - 240;
  auto const outcome = outcome_of("no-operation", state);
  BOOST_REQUIRE(outcome.findings.size() == 1u);
  BOOST_TEST(outcome.findings[0].message ==
             "revision 1 has been pending-upgrade for 4 min: another Helm works on it, or was killed while it did");
}

BOOST_AUTO_TEST_CASE(an_unreadable_release_is_not_verified) {
  auto state = healthy();
  state.release = state::Unknown{"you may not read Secrets in namespace coder", ""};
  BOOST_TEST(outcome_of("no-operation", state).unverified.size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
