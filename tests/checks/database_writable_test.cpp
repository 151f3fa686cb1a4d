#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(database_writable)

BOOST_AUTO_TEST_CASE(a_primary_passes) { BOOST_TEST(passes("database-writable", healthy())); }

BOOST_AUTO_TEST_CASE(a_replica_and_a_read_only_role_are_forbidden) {
  BOOST_TEST(finding_of("database-writable", with_database([](auto& it) { it.replica = it.read_only = true; })).message ==
             "it is a replica that follows another server, and takes no writes");
  BOOST_TEST(finding_of("database-writable", with_database([](auto& it) { it.read_only = true; })).message.find("is read-only") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_refused_login_and_an_unknown_database_are_not_verified) { unverified_without_a_login("database-writable"); }

BOOST_AUTO_TEST_SUITE_END()
