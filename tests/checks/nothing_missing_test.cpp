#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(nothing_missing)

BOOST_AUTO_TEST_CASE(an_accepted_upgrade_passes) { BOOST_TEST(passes("nothing-missing", healthy())); }

BOOST_AUTO_TEST_CASE(a_rejection_is_an_error_in_the_servers_words) {
  auto state = healthy();
  rehearsal_of(state).writes.push_back(
      rejected("RoleBinding", "rbac.authorization.k8s.io", "coder", state::Cause::missing, "the server says no"));
  auto const finding = finding_of("nothing-missing", state);
  BOOST_TEST(finding.object == "RoleBinding/coder");
  BOOST_TEST(finding.message == "the server says no");
}

BOOST_AUTO_TEST_CASE(a_rejection_for_another_cause_is_not_its_own) {
  auto state = healthy();
  rehearsal_of(state).writes.push_back(
      rejected("RoleBinding", "rbac.authorization.k8s.io", "coder", state::Cause::quota, "no"));
  BOOST_TEST(passes("nothing-missing", state));
}

BOOST_AUTO_TEST_CASE(a_pod_is_judged_like_an_object) {
  auto state = healthy();
  rehearsal_of(state).trials.push_back(
      {.object = {"Deployment", "apps", "coder", "coderd"},
       .what = "a pod",
       .verdict = {.judgement = state::Judgement::rejected, .cause = state::Cause::missing, .message = "no"}});
  auto const finding = finding_of("nothing-missing", state);
  BOOST_TEST(finding.object == "Deployment/coderd");
  BOOST_TEST(finding.message == "a pod of it: no");
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("nothing-missing", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
