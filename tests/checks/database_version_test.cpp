#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(database_version)

BOOST_AUTO_TEST_CASE(postgresql_11_passes) {
  auto const outcome = outcome_of("database-version", with_database([](auto& database) { database.version_number = 110000; }));
  BOOST_TEST(outcome.findings.empty());
  BOOST_TEST(outcome.unverified.empty());
}

BOOST_AUTO_TEST_CASE(an_older_one_is_an_error_that_names_it) {
  auto const outcome =
      outcome_of("database-version",
                 with_database([](auto& database) { database.server_version = "9.6.24", database.version_number = 90624; }));
  BOOST_REQUIRE(outcome.findings.size() == 1u);
  BOOST_TEST(outcome.findings[0].message == "it is PostgreSQL 9.6.24; Coder needs 11 or newer");
}

BOOST_AUTO_TEST_CASE(a_refused_login_is_not_verified) {
  auto const outcome =
      outcome_of("database-version", with_database([](auto& database) { database.refused = "wrong password"; }));
  BOOST_TEST(outcome.findings.empty());
  BOOST_TEST(outcome.unverified.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_unknown_database_is_not_verified) {
  auto state = healthy();
  state.database = state::Unknown{"it can't be reached from here", "use a tunnel"};
  auto const outcome = outcome_of("database-version", state);
  BOOST_REQUIRE(outcome.unverified.size() == 1u);
  BOOST_TEST(outcome.unverified[0].why == "it can't be reached from here");
}

BOOST_AUTO_TEST_SUITE_END()
