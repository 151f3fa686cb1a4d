#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(rights_check)

BOOST_AUTO_TEST_CASE(rights_that_are_held_pass) {
  auto state = healthy();
  rehearsal_of(state).rights = {{"list", "", "pods", "coder", "", "the wait", state::Judgement::accepted}};
  BOOST_TEST(passes("rights", state));
}

BOOST_AUTO_TEST_CASE(missing_verbs_on_a_resource_are_one_finding_with_all_reasons) {
  auto state = healthy();
  rehearsal_of(state).rights = {
      {"list", "apps", "replicasets", "coder", "", "the wait", state::Judgement::rejected},
      {"delete", "apps", "replicasets", "coder", "x", "a rollback", state::Judgement::rejected}};
  auto const finding = finding_of("rights", state);
  BOOST_TEST(finding.object == "replicasets.apps");
  BOOST_TEST(finding.message == "you may not delete, list in namespace coder, needed for a rollback, the wait");
  BOOST_TEST(remedy_of(finding) ==
             "Let an administrator run `kubectl create role coder-upgrade-replicasets.apps --verb=delete,list "
             "--resource=replicasets.apps -n coder` and bind it to you.");
}

BOOST_AUTO_TEST_CASE(a_cluster_wide_right_needs_a_cluster_role) {
  auto state = healthy();
  rehearsal_of(state).rights = {{"create", "", "namespaces", "", "", "", state::Judgement::rejected}};
  auto const finding = finding_of("rights", state);
  BOOST_TEST(finding.message == "you may not create in the whole cluster");
  BOOST_TEST(remedy_of(finding).find("kubectl create clusterrole coder-upgrade-namespaces --verb=create") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_request_that_is_forbidden_stands_in_the_servers_words) {
  auto state = healthy();
  rehearsal_of(state).writes.push_back(
      rejected("Role", "rbac.authorization.k8s.io", "coder", state::Cause::forbidden, "not yours"));
  BOOST_TEST(finding_of("rights", state).message == "not yours");
}

BOOST_AUTO_TEST_CASE(so_does_a_forbidden_deletion) {
  auto state = healthy();
  rehearsal_of(state).deletions.push_back({.object = {"Deployment", "apps", "coder", "dashboard"},
                                           .permission = {.judgement = state::Judgement::rejected,
                                                          .cause = state::Cause::forbidden,
                                                          .message = "you may not delete it"}});
  BOOST_TEST(finding_of("rights", state).object == "Deployment/dashboard");
}

BOOST_AUTO_TEST_CASE(a_right_that_could_not_be_asked_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).rights = {{"list", "", "pods", "coder", "", "the wait", state::Judgement::not_verified}};
  BOOST_TEST(unverified_of("rights", state).why == "whether you may list in namespace coder could not be asked");
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("rights", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
