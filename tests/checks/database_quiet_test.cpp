#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(database_quiet)

BOOST_AUTO_TEST_CASE(a_quiet_database_passes) { BOOST_TEST(passes("database-quiet", healthy())); }

BOOST_AUTO_TEST_CASE(a_long_transaction_is_a_warning_with_whose_it_is) {
  BOOST_TEST(finding_of("database-quiet", with_database([](auto& it) { it.long_sessions = {{"backup", "pg_dump", 2530}}; })).message ==
             "role backup (pg_dump) has been in a transaction for 42m10s: a change to a table that it uses has to wait for it");
}

BOOST_AUTO_TEST_CASE(sessions_that_may_not_be_seen_are_not_verified) {
  BOOST_TEST(unverified_of("database-quiet", with_database([](auto& it) { it.hidden_sessions = 2; })).why ==
             "it has 2 sessions of other roles, of which this role may not see more");
}

BOOST_AUTO_TEST_CASE(a_refused_login_and_an_unknown_database_are_not_verified) { unverified_without_a_login("database-quiet"); }

BOOST_AUTO_TEST_SUITE_END()
