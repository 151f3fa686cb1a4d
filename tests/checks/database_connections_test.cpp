#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(database_connections)

BOOST_AUTO_TEST_CASE(room_for_the_new_pods_passes) { BOOST_TEST(passes("database-connections", healthy())); }

BOOST_AUTO_TEST_CASE(too_few_for_the_replicas_is_a_warning) {
  auto state = healthy();
  state.values = state::Values{{{"coderd.replicas", "3"}}};
  BOOST_TEST(finding_of("database-connections", state).message ==
             "85 of its 97 connections are left, and during the upgrade the new pods may open 90 beside those of the old ones");
}

BOOST_AUTO_TEST_CASE(what_is_masked_or_not_known_is_not_verified) {
  auto state = healthy();
  state.values = state::Values{{{"coderd.replicas", state::Values::masked}}};
  BOOST_TEST(unverified_of("database-connections", state).object == "coderd.replicas");
  BOOST_TEST(unverified_of("database-connections", with_database([](auto& it) { it.connections = 0; })).why == "how many connections it takes is not known");
}

BOOST_AUTO_TEST_CASE(a_refused_login_and_an_unknown_database_are_not_verified) { unverified_without_a_login("database-connections"); }

BOOST_AUTO_TEST_SUITE_END()
