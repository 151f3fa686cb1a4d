#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(apply_conflicts)

BOOST_AUTO_TEST_CASE(an_accepted_upgrade_passes) { BOOST_TEST(passes("apply-conflicts", healthy())); }

BOOST_AUTO_TEST_CASE(a_rejection_is_an_error_in_the_servers_words) {
  auto state = healthy();
  rehearsal_of(state).writes.push_back(
      rejected("Deployment", "apps", "coderd", state::Cause::conflict, "the server says no"));
  auto const finding = finding_of("apply-conflicts", state);
  BOOST_TEST(finding.object == "Deployment/coderd");
  BOOST_TEST(finding.message == "the server says no");
}

BOOST_AUTO_TEST_CASE(a_rejection_for_another_cause_is_not_its_own) {
  auto state = healthy();
  rehearsal_of(state).writes.push_back(rejected("Deployment", "apps", "coderd", state::Cause::quota, "no"));
  BOOST_TEST(passes("apply-conflicts", state));
}

BOOST_AUTO_TEST_CASE(an_object_that_is_not_the_releases_is_a_matter_of_ownership) {
  auto state = healthy();
  rehearsal_of(state).writes.push_back(rejected("Deployment", "apps", "coderd", state::Cause::conflict, "no"));
  rehearsal_of(state).ownership.push_back({.object = rehearsal_of(state).writes.back().object});
  BOOST_TEST(passes("apply-conflicts", state));
}

BOOST_AUTO_TEST_CASE(a_pod_is_judged_like_an_object) {
  auto state = healthy();
  rehearsal_of(state).trials.push_back(
      {.object = {"Deployment", "apps", "coder", "coderd"},
       .what = "a pod",
       .verdict = {.judgement = state::Judgement::rejected, .cause = state::Cause::conflict, .message = "no"}});
  auto const finding = finding_of("apply-conflicts", state);
  BOOST_TEST(finding.object == "Deployment/coderd");
  BOOST_TEST(finding.message == "a pod of it: no");
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("apply-conflicts", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
