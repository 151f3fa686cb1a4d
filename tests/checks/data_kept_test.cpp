#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State deleting(state::Deletion deletion) {
  auto state = healthy();
  rehearsal_of(state).deletions.push_back(std::move(deletion));
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(data_kept)

BOOST_AUTO_TEST_CASE(no_deletion_passes) { BOOST_TEST(passes("data-kept", healthy())); }

BOOST_AUTO_TEST_CASE(a_volume_claim_is_an_error_that_can_be_protected) {
  auto const finding = finding_of(
      "data-kept", deleting({.object = {"PersistentVolumeClaim", "", "coder", "scratch"}, .holds_data = true}));
  BOOST_TEST(finding.message == "Helm deletes it, and the data in it goes with it");
  BOOST_TEST(remedy_of(finding) == "helm coder upgrade --version 1.21.7 --protect PersistentVolumeClaim/scratch");
}

BOOST_AUTO_TEST_CASE(a_secret_and_an_object_without_data_are_for_the_list_of_deletions) {
  BOOST_TEST(passes("data-kept", deleting({.object = {"Secret", "", "coder", "token"}, .holds_data = true})));
  BOOST_TEST(passes("data-kept", deleting({.object = {"Deployment", "apps", "coder", "dashboard"}})));
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("data-kept", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
