#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State with_names(std::int64_t clash, bool seen = true, std::string const& from = "1.28.0", std::string const& to = "1.29.1") {
  auto state = upgrade(from, to);
  auto& database = std::get<state::Database>(state.database);
  database.names_seen = seen, database.names_that_clash = clash;
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(database_user_names)

BOOST_AUTO_TEST_CASE(names_that_differ_pass) { BOOST_TEST(passes("database-user-names", with_names(0))); }

BOOST_AUTO_TEST_CASE(names_that_differ_only_in_case_are_counted) {
  auto const finding = finding_of("database-user-names", with_names(3));
  BOOST_TEST(finding.field == "users.username");
  BOOST_TEST(finding.message.starts_with("3 users will be renamed"));
}

BOOST_AUTO_TEST_CASE(they_matter_only_on_the_way_over_1_29) {
  auto state = healthy();
  state.database = state::Unknown{"it can't be reached from here", ""};
  BOOST_TEST(passes("database-user-names", state));
  BOOST_TEST(passes("database-user-names", with_names(3, true, "1.27.0", "1.28.0")));
  BOOST_TEST(passes("database-user-names", with_names(3, true, "1.29.0", "1.30.0")));
}

BOOST_AUTO_TEST_CASE(names_that_can_not_be_counted_are_not_verified) {
  BOOST_TEST(unverified_of("database-user-names", with_names(0, false)).why == "the names of its users can't be counted by this role");
}

BOOST_AUTO_TEST_CASE(without_a_login_nothing_is_verified) {
  auto state = with_names(0);
  std::get<state::Database>(state.database).refused = "wrong password";
  BOOST_TEST(unverified_of("database-user-names", state).why == "the login was refused");
  state.database = state::Unknown{"it can't be reached from here", ""};
  BOOST_TEST(unverified_of("database-user-names", state).why == "it can't be reached from here");
}

BOOST_AUTO_TEST_SUITE_END()
