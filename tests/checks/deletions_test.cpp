#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State deleting(state::Deletion deletion) {
  auto state = healthy();
  rehearsal_of(state).deletions.push_back(std::move(deletion));
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(deletions_check)

BOOST_AUTO_TEST_CASE(no_deletion_passes) { BOOST_TEST(passes("deletions", healthy())); }

BOOST_AUTO_TEST_CASE(each_object_is_listed) {
  auto const finding = finding_of("deletions", deleting({.object = {"Deployment", "apps", "coder", "dashboard"}}));
  BOOST_TEST(finding.object == "Deployment/dashboard");
  BOOST_TEST(finding.message == "the new version does not have it, so Helm deletes it");
}

BOOST_AUTO_TEST_CASE(what_a_secret_held_goes_with_it) {
  auto const finding =
      finding_of("deletions", deleting({.object = {"Secret", "", "coder", "token"}, .holds_data = true}));
  BOOST_TEST(finding.message.ends_with("and what it holds goes with it"));
  BOOST_TEST(remedy_of(finding) == "helm coder upgrade --version 1.21.7 --protect Secret/token");
}

BOOST_AUTO_TEST_CASE(what_helm_keeps_and_what_is_still_wanted_is_not_listed_here) {
  BOOST_TEST(passes("deletions", deleting({.object = {"Secret", "", "coder", "token"}, .kept = true})));
  BOOST_TEST(passes("deletions",
                    deleting({.object = {"Ingress", "", "coder", "i"}, .still_written_as = "networking.k8s.io/v1"})));
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("deletions", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
