#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State with(state::DriftedField field) {
  auto state = healthy();
  rehearsal_of(state).drifts.push_back({.object = {"Deployment", "apps", "coder", "coderd"}, .fields = {std::move(field)}});
  return state;
}

std::string message_of(state::DriftedField field) { return finding_of("overwritten-changes", with(std::move(field))).message; }

}  // namespace

BOOST_AUTO_TEST_SUITE(overwritten_changes_check)

BOOST_AUTO_TEST_CASE(objects_that_are_as_helm_wrote_them_pass) { BOOST_TEST(passes("overwritten-changes", healthy())); }

BOOST_AUTO_TEST_CASE(a_change_that_is_set_back_is_a_warning_with_who_made_it_and_when) {
  auto const state = with({"spec.replicas", 0, "1", "5", "1", "kubectl", "2026-11-20T14:03:00Z"});
  auto const finding = finding_of("overwritten-changes", state);
  BOOST_TEST(finding.object == "Deployment/coderd");
  BOOST_TEST(finding.field == "spec.replicas");
  BOOST_TEST(finding.message == "was changed to 5 by kubectl on 2026-11-20; the release has 1, and the upgrade sets it back");
  BOOST_TEST((checks::find("overwritten-changes")->severity == report::Severity::warning));
}

BOOST_AUTO_TEST_CASE(every_way_to_overwrite_has_its_words) {
  BOOST_TEST(message_of({"spec.a", 0, "1", "5", "3", "", ""}) == "was changed to 5; the release has 1, and the upgrade makes it 3");
  BOOST_TEST(message_of({"spec.a", 0, "1", "5", "", "", ""}) == "was changed to 5; the release has 1, and the upgrade takes it away");
  BOOST_TEST(message_of({"spec.a", 0, "1", "", "1", "", ""}) == "was taken away; the release has 1, and the upgrade sets it back");
  BOOST_TEST(message_of({"data.x", 12, "a", "b", "", "kubectl-edit", ""}) ==
             "was changed by kubectl-edit from line 12 on, and the upgrade overwrites it");
  BOOST_TEST(message_of({"data.x", 0, "(hidden)", "(hidden)", "(hidden)", "", ""}) == "was changed, and the upgrade overwrites it");
  BOOST_TEST(message_of({"", 0, "there", "", "there", "", ""}) == "was deleted since, and the upgrade makes it anew");
}

BOOST_AUTO_TEST_CASE(an_autoscalers_replicas_have_advice_of_their_own) {
  auto const finding =
      finding_of("overwritten-changes", with({"spec.replicas", 0, "1", "5", "1", "HorizontalPodAutoscaler/coderd", ""}));
  BOOST_TEST(finding.message.starts_with("was changed to 5 by HorizontalPodAutoscaler/coderd;"));
  BOOST_TEST(remedy_of(finding).starts_with("The autoscaler sets it again"));
}

BOOST_AUTO_TEST_CASE(fields_that_are_not_listed_are_counted) {
  auto state = with({"spec.a", 0, "1", "5", "3", "", ""});
  rehearsal_of(state).drifts[0].more = 7;
  BOOST_TEST(outcome_of("overwritten-changes", state).findings.at(1).message == "and 7 more");
}

BOOST_AUTO_TEST_CASE(an_object_that_could_not_be_compared_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).drifts.push_back({.object = {"Service", "", "coder", "d"}, .unsure = "the API server refuses it"});
  auto const unverified = unverified_of("overwritten-changes", state);
  BOOST_TEST(unverified.object == "Service/d");
  BOOST_TEST(unverified.why == "the API server refuses it");
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  BOOST_TEST(unverified_of("overwritten-changes", state).tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
