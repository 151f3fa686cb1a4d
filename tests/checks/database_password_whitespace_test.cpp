#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(database_password_whitespace)

BOOST_AUTO_TEST_CASE(a_password_without_a_blank_at_its_end_passes) {
  auto const outcome = outcome_of("database-password-whitespace", healthy());
  BOOST_TEST(outcome.findings.empty());
  BOOST_TEST(outcome.unverified.empty());
}

BOOST_AUTO_TEST_CASE(a_blank_at_the_end_is_a_warning) {
  auto const outcome =
      outcome_of("database-password-whitespace", with_database([](auto& database) { database.password_ends_in_space = true; }));
  BOOST_REQUIRE(outcome.findings.size() == 1u);
  BOOST_TEST(outcome.findings[0].message == "the password in the Secret ends in a space or a line break");
}

BOOST_AUTO_TEST_CASE(it_says_so_when_the_login_was_refused_with_it) {
  auto const outcome = outcome_of("database-password-whitespace", with_database([](auto& database) {
                                    database.password_ends_in_space = true, database.refused = "wrong password";
                                  }));
  BOOST_REQUIRE(outcome.findings.size() == 1u);
  BOOST_TEST(outcome.findings[0].message ==
             "the password in the Secret ends in a space or a line break, and the login with it was refused");
}

BOOST_AUTO_TEST_CASE(a_secret_that_was_not_looked_at_is_not_verified) {
  auto const outcome =
      outcome_of("database-password-whitespace", with_database([](auto& database) { database.password_seen = false; }));
  BOOST_TEST(outcome.findings.empty());
  BOOST_TEST(outcome.unverified.size() == 1u);
}

BOOST_AUTO_TEST_CASE(an_unknown_database_is_not_verified) {
  auto state = healthy();
  state.database = state::Unknown{"it can't be reached from here", "use a tunnel"};
  auto const outcome = outcome_of("database-password-whitespace", state);
  BOOST_REQUIRE(outcome.unverified.size() == 1u);
  BOOST_TEST(outcome.unverified[0].why == "it can't be reached from here");
}

BOOST_AUTO_TEST_SUITE_END()
