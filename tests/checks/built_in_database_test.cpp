#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State with(std::string const& from, std::string const& to, std::map<std::string, std::string> values) {
  auto state = upgrade(from, to);
  state.values = state::Values{std::move(values)};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(built_in_database)

BOOST_AUTO_TEST_CASE(no_such_value_passes) { BOOST_TEST(passes("built-in-database", upgrade("1.26.4", "1.27.4"))); }

BOOST_AUTO_TEST_CASE(the_old_name_alone_is_an_error_from_1_27_on) {
  auto const finding = finding_of("built-in-database", with("1.26.4", "1.27.4", {{"postgres.useDefault", "false"}}));
  BOOST_TEST(finding.message.find("a database of its own, empty") != std::string::npos);
  BOOST_TEST(remedy_of(finding) == "Set postgres.default.enable: false in your values.");
  BOOST_TEST(passes("built-in-database", with("1.25.0", "1.26.4", {{"postgres.useDefault", "false"}})));
}

BOOST_AUTO_TEST_CASE(the_new_name_beside_it_passes) {
  BOOST_TEST(
      passes("built-in-database",
             with("1.26.4", "1.27.4", {{"postgres.useDefault", "false"}, {"postgres.default.enable", "false"}})));
}

BOOST_AUTO_TEST_CASE(the_new_name_that_says_yes_is_an_error_too) {
  auto const finding =
      finding_of("built-in-database",
                 with("1.26.4", "1.27.4", {{"postgres.useDefault", "false"}, {"postgres.default.enable", "true"}}));
  BOOST_TEST(finding.object == "postgres.useDefault");
}

BOOST_AUTO_TEST_CASE(the_old_name_that_says_yes_passes) {
  BOOST_TEST(passes("built-in-database", with("1.26.4", "1.27.4", {{"postgres.useDefault", "true"}})));
}

BOOST_AUTO_TEST_CASE(where_it_happened_long_ago_it_is_no_news) {
  BOOST_TEST(passes("built-in-database", with("1.27.4", "1.28.7", {{"postgres.useDefault", "false"}})));
}

BOOST_AUTO_TEST_CASE(an_installation_is_judged_too) {
  auto state = with("", "1.28.7", {{"postgres.useDefault", "false"}});
  release_of(state) = {};
  BOOST_TEST(finding_of("built-in-database", state).object == "postgres.useDefault");
}

BOOST_AUTO_TEST_CASE(what_can_not_be_seen_is_not_verified) {
  auto state = with("1.26.4", "1.27.4", {{"postgres.useDefault", state::Values::masked}});
  BOOST_TEST(unverified_of("built-in-database", state).object == "postgres.useDefault");
}

BOOST_AUTO_TEST_SUITE_END()
