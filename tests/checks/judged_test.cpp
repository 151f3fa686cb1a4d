#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(judged_check)

BOOST_AUTO_TEST_CASE(judged_requests_pass) {
  BOOST_TEST(passes("judged", healthy()));
  BOOST_TEST(outcome_of("judged", healthy()).findings.empty());
}

BOOST_AUTO_TEST_CASE(a_request_that_was_not_judged_is_said_once) {
  auto state = healthy();
  state::Write const write{
      "PATCH", "v1", {"Service", "", "coder", "d"}, false, {.message = "a webhook takes no dry run", .tell = "ask"}};
  rehearsal_of(state).writes = {write, write};
  auto const unverified = unverified_of("judged", state);
  BOOST_TEST(unverified.object == "Service/d");
  BOOST_TEST(unverified.why == "a webhook takes no dry run");
  BOOST_TEST(unverified.tell == "ask");
}

BOOST_AUTO_TEST_CASE(a_request_without_a_reason_is_named_by_its_verb) {
  auto state = healthy();
  rehearsal_of(state).writes = {{"PATCH", "v1", {"Service", "", "coder", "d"}}};
  BOOST_TEST(unverified_of("judged", state).why == "its PATCH could not be judged");
}

BOOST_AUTO_TEST_CASE(so_is_a_deletion_whose_permission_is_not_known) {
  auto state = healthy();
  rehearsal_of(state).deletions.push_back({.object = {"Service", "", "coder", "d"}});
  BOOST_TEST(unverified_of("judged", state).why == "its deletion could not be judged");
}

BOOST_AUTO_TEST_CASE(a_pod_that_this_person_may_not_create_tells_nothing) {
  auto state = healthy();
  rehearsal_of(state).trials.push_back({.object = {"Deployment", "apps", "coder", "coderd"},
                                        .what = "a pod",
                                        .verdict = {.judgement = state::Judgement::rejected,
                                                    .cause = state::Cause::forbidden,
                                                    .message = "you may not create pods"}});
  BOOST_TEST(unverified_of("judged", state).why == "you may not create pods");
}

BOOST_AUTO_TEST_CASE(what_runs_outside_is_named) {
  auto state = healthy();
  rehearsal_of(state).outside = {"the post-renderer"};
  BOOST_TEST(unverified_of("judged", state).object == "the post-renderer");
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("judged", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
