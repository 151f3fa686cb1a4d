#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(database_reachable)

BOOST_AUTO_TEST_CASE(a_login_that_worked_passes) {
  auto const outcome = outcome_of("database-reachable", healthy());
  BOOST_TEST(outcome.findings.empty());
  BOOST_TEST(outcome.unverified.empty());
}

BOOST_AUTO_TEST_CASE(a_refused_login_is_an_error_with_the_servers_words) {
  auto const outcome =
      outcome_of("database-reachable",
                 with_database([](auto& database) { database.refused = "password authentication failed for user \"coder\""; }));
  BOOST_REQUIRE(outcome.findings.size() == 1u);
  BOOST_TEST(outcome.findings[0].object == "database db:5432/coder");
  BOOST_TEST(outcome.findings[0].message == "it refuses the login: password authentication failed for user \"coder\"");
}

BOOST_AUTO_TEST_CASE(an_unknown_database_is_not_verified) {
  auto state = healthy();
  state.database = state::Unknown{"it can't be reached from here", "use a tunnel"};
  auto const outcome = outcome_of("database-reachable", state);
  BOOST_REQUIRE(outcome.unverified.size() == 1u);
  BOOST_TEST(outcome.unverified[0].why == "it can't be reached from here");
}

BOOST_AUTO_TEST_SUITE_END()
