#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State with_claim(std::string const& field, std::string const& is = "", std::string const& wanted = "", std::string const& unsure = "") {
  auto state = healthy();
  rehearsal_of(state).claims = {{{"PersistentVolumeClaim", "", "coder", "data-db-0"}, "StatefulSet/db", field, is, wanted, unsure}};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(claims_in_use)

BOOST_AUTO_TEST_CASE(claims_that_stay_as_they_are_pass) { BOOST_TEST(passes("claims-in-use", healthy())); }

BOOST_AUTO_TEST_CASE(one_that_nothing_uses_any_more_is_told) {
  auto const finding = finding_of("claims-in-use", with_claim(""));
  BOOST_TEST(finding.object == "PersistentVolumeClaim/data-db-0");
  BOOST_TEST(finding.message.starts_with("nothing uses it after the upgrade: StatefulSet/db goes, or asks for other claims"));
}

BOOST_AUTO_TEST_CASE(one_that_keeps_its_size_or_class_is_told) {
  auto const size = finding_of("claims-in-use", with_claim("size", "10Gi", "20Gi"));
  BOOST_TEST(size.field == "spec.resources.requests.storage");
  BOOST_TEST(size.message.starts_with("it stays at 10Gi: that StatefulSet/db wants 20Gi"));
  BOOST_TEST(finding_of("claims-in-use", with_claim("class", "slow", "fast")).message.starts_with("it stays in class slow"));
}

BOOST_AUTO_TEST_CASE(claims_that_may_not_be_listed_are_not_verified) {
  auto const unverified = unverified_of("claims-in-use", with_claim("", "", "", "the claims of namespace coder can't be listed: forbidden"));
  BOOST_TEST(unverified.object == "StatefulSet/db");
  BOOST_TEST(unverified.why == "the claims of namespace coder can't be listed: forbidden");
}

BOOST_AUTO_TEST_CASE(an_older_recording_that_does_not_tell_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).claims_seen = false;
  BOOST_TEST(unverified_of("claims-in-use", state).why == "the claims of StatefulSets were not looked at");
}

BOOST_AUTO_TEST_SUITE_END()
