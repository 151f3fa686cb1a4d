#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State with_unserved(std::string const& set, std::string const& why, std::string const& unsure = "") {
  auto state = healthy();
  rehearsal_of(state).unserved = {{{"PersistentVolumeClaim", "", "coder", "data-db-0"}, set, why, unsure}};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(storage_there)

BOOST_AUTO_TEST_CASE(claims_that_are_served_pass) { BOOST_TEST(passes("storage-there", healthy())); }

BOOST_AUTO_TEST_CASE(a_claim_without_storage_is_forbidden_with_what_waits_for_it) {
  auto const finding = finding_of("storage-there", with_unserved("StatefulSet/db", "there is no storage class fast"));
  BOOST_TEST(finding.object == "PersistentVolumeClaim/data-db-0");
  BOOST_TEST(finding.message == "there is no storage class fast: it stays Pending, and the pods of StatefulSet/db do not start");
  BOOST_TEST(remedy_of(finding).find("kubectl get storageclass") != std::string::npos);
  BOOST_TEST(finding_of("storage-there", with_unserved("", "no class")).message == "no class: it stays Pending, and what uses it does not start");
}

BOOST_AUTO_TEST_CASE(what_may_not_be_listed_is_not_verified_with_its_reason) {
  auto const unverified = unverified_of("storage-there", with_unserved("StatefulSet/db", "", "the storage classes can't be listed: forbidden"));
  BOOST_TEST(unverified.object == "PersistentVolumeClaim/data-db-0");
  BOOST_TEST(unverified.why == "the storage classes can't be listed: forbidden");
  BOOST_TEST(unverified_of("storage-there", with_unserved("", "no class", "not seen")).why == "no class; not seen");
}

BOOST_AUTO_TEST_CASE(an_older_recording_does_not_tell) {
  auto state = healthy();
  rehearsal_of(state).storage_seen = false;
  BOOST_TEST(unverified_of("storage-there", state).why == "storage for new claims was not looked at");
}

BOOST_AUTO_TEST_SUITE_END()
