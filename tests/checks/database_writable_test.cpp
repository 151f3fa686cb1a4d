#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(database_writable)

namespace {

state::State with(auto change) {
  auto state = healthy();
  change(std::get<state::Database>(state.database));
  return state;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_primary_passes) { BOOST_TEST(passes("database-writable", healthy())); }

BOOST_AUTO_TEST_CASE(a_replica_and_a_read_only_role_are_forbidden) {
  BOOST_TEST(finding_of("database-writable", with([](auto& it) { it.replica = it.read_only = true; })).message ==
             "it is a replica that follows another server, and takes no writes");
  BOOST_TEST(finding_of("database-writable", with([](auto& it) { it.read_only = true; })).message.find("is read-only") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_refused_login_and_an_unknown_database_are_not_verified) {
  auto state = healthy();
  std::get<state::Database>(state.database).refused = "wrong password";
  BOOST_TEST(unverified_of("database-writable", state).why == "the login was refused");
  state.database = state::Unknown{"it can't be reached from here", ""};
  BOOST_TEST(unverified_of("database-writable", state).why == "it can't be reached from here");
}

BOOST_AUTO_TEST_SUITE_END()
