#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State without(std::string const& why, std::string const& unsure = "", bool needed = true) {
  auto state = healthy();
  state::Reference lost{.object = {"Deployment", "apps", "coder", "coderd"}, .field = "containers[coderd].env[DB_PASSWORD]"};
  lost.to = "key password of Secret db", lost.why = why, lost.unsure = unsure, lost.needed = needed;
  rehearsal_of(state).lost_references = {lost};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(referenced_objects)

BOOST_AUTO_TEST_CASE(pods_that_find_everything_pass) { BOOST_TEST(passes("referenced-objects", healthy())); }

BOOST_AUTO_TEST_CASE(a_secret_that_is_not_there_is_forbidden) {
  auto const finding = finding_of("referenced-objects", without("there is no Secret db"));
  BOOST_TEST(finding.object == "Deployment/coderd");
  BOOST_TEST(finding.field == "containers[coderd].env[DB_PASSWORD]");
  BOOST_TEST(finding.message == "it takes key password of Secret db, and there is no Secret db");
}

BOOST_AUTO_TEST_CASE(what_pods_start_without_is_another_checks) { BOOST_TEST(passes("referenced-objects", without("there is no Secret db", "", false))); }

BOOST_AUTO_TEST_CASE(what_may_not_be_read_is_not_verified) {
  auto const unverified = unverified_of("referenced-objects", without("", "it can't be looked at: you may not"));
  BOOST_TEST(unverified.object == "Deployment/coderd");
  BOOST_TEST(unverified.why == "key password of Secret db: it can't be looked at: you may not");
}

BOOST_AUTO_TEST_CASE(what_may_be_made_in_time_is_not_verified) {
  auto const unverified = unverified_of("referenced-objects", without("there is no Secret db", "ExternalSecret/db names it"));
  BOOST_TEST(unverified.why == "key password of Secret db: there is no Secret db; ExternalSecret/db names it");
}

BOOST_AUTO_TEST_CASE(an_older_recording_that_does_not_tell_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).references_seen = false;
  BOOST_TEST(unverified_of("referenced-objects", state).why == "what the pods and Ingresses refer to was not looked at");
}

BOOST_AUTO_TEST_SUITE_END()
