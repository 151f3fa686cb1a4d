#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(database_contrib)

BOOST_AUTO_TEST_CASE(a_server_with_contrib_passes) {
  auto const outcome = outcome_of("database-contrib", healthy());
  BOOST_TEST(outcome.findings.empty());
  BOOST_TEST(outcome.unverified.empty());
}

BOOST_AUTO_TEST_CASE(a_server_without_contrib_is_a_warning) {
  BOOST_TEST(outcome_of("database-contrib", with_database([](auto& database) { database.contrib = false; })).findings.size() ==
             1u);
}

BOOST_AUTO_TEST_CASE(a_refused_login_is_not_verified) {
  auto const outcome =
      outcome_of("database-contrib", with_database([](auto& database) { database.refused = "wrong password"; }));
  BOOST_TEST(outcome.findings.empty());
  BOOST_TEST(outcome.unverified.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_unknown_database_is_not_verified) {
  auto state = healthy();
  state.database = state::Unknown{"it can't be reached from here", "use a tunnel"};
  auto const outcome = outcome_of("database-contrib", state);
  BOOST_REQUIRE(outcome.unverified.size() == 1u);
  BOOST_TEST(outcome.unverified[0].why == "it can't be reached from here");
}

BOOST_AUTO_TEST_SUITE_END()
