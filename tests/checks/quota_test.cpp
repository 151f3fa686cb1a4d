#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(quota_check)

BOOST_AUTO_TEST_CASE(an_accepted_upgrade_passes) { BOOST_TEST(passes("quota", healthy())); }

BOOST_AUTO_TEST_CASE(a_rejection_is_an_error_in_the_servers_words) {
  auto state = healthy();
  rehearsal_of(state).writes.push_back(
      rejected("Deployment", "apps", "coderd", state::Cause::quota, "the server says no"));
  auto const finding = finding_of("quota", state);
  BOOST_TEST(finding.object == "Deployment/coderd");
  BOOST_TEST(finding.message == "the server says no");
}

BOOST_AUTO_TEST_CASE(a_rejection_for_another_cause_is_not_its_own) {
  auto state = healthy();
  rehearsal_of(state).writes.push_back(rejected("Deployment", "apps", "coderd", state::Cause::admission, "no"));
  BOOST_TEST(passes("quota", state));
}

BOOST_AUTO_TEST_CASE(a_pod_is_judged_like_an_object) {
  auto state = healthy();
  rehearsal_of(state).trials.push_back(
      {.object = {"Deployment", "apps", "coder", "coderd"},
       .what = "a pod",
       .verdict = {.judgement = state::Judgement::rejected, .cause = state::Cause::quota, .message = "no"}});
  auto const finding = finding_of("quota", state);
  BOOST_TEST(finding.object == "Deployment/coderd");
  BOOST_TEST(finding.message == "a pod of it: no");
}

BOOST_AUTO_TEST_CASE(a_sum_that_does_not_fit_is_an_error_with_its_figures) {
  auto state = healthy();
  rehearsal_of(state).shortages = {{"coder", "compute", "requests.cpu", "3", "2", "4", {"2 pods of Deployment/web", "Pod/x"}, ""}};
  auto const finding = finding_of("quota", state);
  BOOST_TEST(finding.object == "ResourceQuota/compute");
  BOOST_TEST(finding.field == "requests.cpu");
  BOOST_TEST(finding.message ==
             "all that the upgrade adds is too much together: used 3, added 2 (2 pods of Deployment/web, Pod/x), of 4");
}

BOOST_AUTO_TEST_CASE(a_sum_that_may_fit_and_quotas_that_can_not_be_read_are_not_verified) {
  auto state = healthy();
  rehearsal_of(state).shortages = {{"other", "compute", "pods", "3", "2", "4", {"2 pods of Deployment/web"}, "it may fit"}};
  auto unverified = unverified_of("quota", state);
  BOOST_TEST(unverified.object == "ResourceQuota/compute in other");
  BOOST_TEST(unverified.why == "pods: used 3, added 2 (2 pods of Deployment/web), of 4: it may fit");
  rehearsal_of(state).shortages = {{"coder", "", "", "", "", "", {}, "its quotas can't be read: no"}};
  unverified = unverified_of("quota", state);
  BOOST_TEST(unverified.object == "namespace coder");
  BOOST_TEST(unverified.why == "its quotas can't be read: no");
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("quota", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
