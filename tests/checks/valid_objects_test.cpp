#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(valid_objects)

BOOST_AUTO_TEST_CASE(an_accepted_upgrade_passes) { BOOST_TEST(passes("valid-objects", healthy())); }

BOOST_AUTO_TEST_CASE(a_rejection_is_an_error_in_the_servers_words) {
  auto state = healthy();
  rehearsal_of(state).writes.push_back(rejected("Service", "", "coderd", state::Cause::invalid, "the server says no"));
  auto const finding = finding_of("valid-objects", state);
  BOOST_TEST(finding.object == "Service/coderd");
  BOOST_TEST(finding.message == "the server says no");
}

BOOST_AUTO_TEST_CASE(a_rejection_for_another_cause_is_not_its_own) {
  auto state = healthy();
  rehearsal_of(state).writes.push_back(rejected("Service", "", "coderd", state::Cause::quota, "no"));
  BOOST_TEST(passes("valid-objects", state));
}

BOOST_AUTO_TEST_CASE(a_pod_is_judged_like_an_object) {
  auto state = healthy();
  rehearsal_of(state).trials.push_back(
      {.object = {"Deployment", "apps", "coder", "coderd"},
       .what = "a pod",
       .verdict = {.judgement = state::Judgement::rejected, .cause = state::Cause::invalid, .message = "no"}});
  auto const finding = finding_of("valid-objects", state);
  BOOST_TEST(finding.object == "Deployment/coderd");
  BOOST_TEST(finding.message == "a pod of it: no");
}

BOOST_AUTO_TEST_CASE(each_field_is_a_finding) {
  auto state = healthy();
  rehearsal_of(state).writes.push_back(rejected(
      "Service", "", "coderd", state::Cause::invalid, "is invalid",
      {{"spec.externalTrafficPolicy", "FieldValueInvalid", "may only be set for externally-accessible services"}}));
  auto const finding = finding_of("valid-objects", state);
  BOOST_TEST(finding.field == "spec.externalTrafficPolicy");
  BOOST_TEST(finding.message == "may only be set for externally-accessible services");
}

BOOST_AUTO_TEST_CASE(a_rejection_without_a_known_cause_is_never_lost) {
  for (auto const cause : {state::Cause::none, state::Cause::other, state::Cause::exists}) {
    auto state = healthy();
    rehearsal_of(state).writes.push_back(rejected("Service", "", "coderd", cause, "no"));
    BOOST_TEST(finding_of("valid-objects", state).message == "no");
  }
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("valid-objects", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
