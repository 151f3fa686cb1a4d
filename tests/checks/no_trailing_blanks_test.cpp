#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State with_blank(std::string const& key) {
  auto state = healthy();
  rehearsal_of(state).blank_ends = {{{"Deployment", "apps", "coder", "coderd"}, "containers[coderd].env[TOKEN]", "db", key}};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(no_trailing_blanks)

BOOST_AUTO_TEST_CASE(secrets_without_blanks_pass) { BOOST_TEST(passes("no-trailing-blanks", healthy())); }

BOOST_AUTO_TEST_CASE(a_line_break_at_the_end_is_a_finding) {
  auto const finding = finding_of("no-trailing-blanks", with_blank("token"));
  BOOST_TEST(finding.field == "containers[coderd].env[TOKEN]");
  BOOST_TEST(finding.message.starts_with("key token of Secret db ends in a space or a line break"));
}

BOOST_AUTO_TEST_CASE(what_the_check_of_the_database_tells_is_told_once) {
  auto state = with_blank("password");
  BOOST_TEST(outcome_of("no-trailing-blanks", state).findings.size() == 1u);
  std::get<state::Database>(state.database).password_ends_in_space = true;
  BOOST_TEST(passes("no-trailing-blanks", state));
}

BOOST_AUTO_TEST_CASE(what_was_not_looked_at_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).references_seen = false;
  BOOST_TEST(unverified_of("no-trailing-blanks", state).why == "what the pods and Ingresses refer to was not looked at");
}

BOOST_AUTO_TEST_SUITE_END()
