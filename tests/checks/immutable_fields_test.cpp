#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State with(state::Write const& write) {
  auto state = healthy();
  rehearsal_of(state).writes.push_back(write);
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(immutable_fields)

BOOST_AUTO_TEST_CASE(an_accepted_upgrade_passes) { BOOST_TEST(passes("immutable-fields", healthy())); }

BOOST_AUTO_TEST_CASE(each_field_is_a_finding_with_the_command_that_recreates) {
  auto state = with(rejected("Service", "", "d", state::Cause::immutable, "Service \"d\" is invalid",
                             {{"spec.clusterIPs[0]", "FieldValueInvalid", "may not change once set"},
                              {"spec.type", "FieldValueInvalid", "field is immutable"}}));
  auto const outcome = outcome_of("immutable-fields", state);
  BOOST_REQUIRE_EQUAL(outcome.findings.size(), 2u);
  BOOST_TEST(outcome.findings[0].object == "Service/d");
  BOOST_TEST(outcome.findings[0].field == "spec.clusterIPs[0]");
  BOOST_TEST(outcome.findings[0].message == "may not change once set");
  BOOST_TEST(remedy_of(outcome.findings[0]) == "helm coder upgrade --version 1.21.7 --recreate Service/d");
}

BOOST_AUTO_TEST_CASE(without_named_fields_the_servers_words_stand) {
  auto state = with(rejected("StatefulSet", "apps", "timescale", state::Cause::immutable, "updates are forbidden"));
  BOOST_TEST(finding_of("immutable-fields", state).message == "updates are forbidden");
}

BOOST_AUTO_TEST_CASE(the_remedy_keeps_those_that_were_chosen_already) {
  auto state = with(rejected("Service", "", "d", state::Cause::immutable, "no"));
  state.request.adopt = {"ServiceAccount/coder"};
  BOOST_TEST(remedy_of(finding_of("immutable-fields", state)) ==
             "helm coder upgrade --version 1.21.7 --adopt ServiceAccount/coder --recreate Service/d");
}

BOOST_AUTO_TEST_CASE(a_volume_claim_is_never_recreated) {
  auto state = with(rejected("PersistentVolumeClaim", "", "home", state::Cause::immutable, "no"));
  BOOST_TEST(
      remedy_of(finding_of("immutable-fields", state)).ends_with("is never recreated, because its data would go."));
}

BOOST_AUTO_TEST_CASE(nor_is_a_custom_resource_that_has_the_name_of_a_kind) {
  auto state = with(rejected("Service", "serving.knative.dev", "d", state::Cause::immutable, "no"));
  BOOST_TEST(remedy_of(finding_of("immutable-fields", state)).starts_with("Set the field to the value"));
}

BOOST_AUTO_TEST_CASE(nor_an_object_in_another_namespace) {
  auto write = rejected("Service", "", "d", state::Cause::immutable, "no");
  write.object.name_space = "other";
  auto const finding = finding_of("immutable-fields", with(write));
  BOOST_TEST(finding.object == "Service/d in other");
  BOOST_TEST(remedy_of(finding).starts_with("Set the field to the value"));
}

BOOST_AUTO_TEST_CASE(behind_an_object_that_could_not_be_passed_nothing_is_verified) {
  auto state = healthy();
  rehearsal_of(state).ending = state::Ending::ownership;
  BOOST_TEST(passes("immutable-fields", state));
  rehearsal_of(state).complete = false;
  BOOST_TEST(unverified_of("immutable-fields", state).tell == "helm coder explain HC304");
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("immutable-fields", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
