#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State with_verdict(state::Ownership owned) {
  auto state = healthy();
  owned.object = {"ServiceAccount", "", "coder", "coder"};
  rehearsal_of(state).ending = state::Ending::ownership;
  rehearsal_of(state).ownership.push_back(std::move(owned));
  return state;
}

// An object that could be adopted.
state::State with(state::Ownership owned) {
  owned.adoption = {.judgement = state::Judgement::accepted, .status = 200};
  return with_verdict(std::move(owned));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ownership_check)

BOOST_AUTO_TEST_CASE(own_objects_pass) { BOOST_TEST(passes("ownership", healthy())); }

BOOST_AUTO_TEST_CASE(nobodys_object_can_be_adopted) {
  auto const finding = finding_of("ownership", with({.lacks = {"app.kubernetes.io/managed-by"}}));
  BOOST_TEST(finding.object == "ServiceAccount/coder");
  BOOST_TEST(finding.message ==
             "is there already, and no release is named on it (not as it should be: app.kubernetes.io/managed-by)"
             "; adopting it works, and changes nothing of it but its marks");
  BOOST_TEST(remedy_of(finding) == "helm coder upgrade --version 1.21.7 --adopt ServiceAccount/coder");
}

BOOST_AUTO_TEST_CASE(another_releases_object_has_to_be_let_go_first) {
  auto const finding =
      finding_of("ownership",
                 with({.manager = "Helm", .release = "provider", .release_name_space = "dev", .release_exists = true}));
  BOOST_TEST(finding.message == "belongs to release provider in namespace dev");
  BOOST_TEST(remedy_of(finding).starts_with("Let release provider go of it: annotate the object"));
}

BOOST_AUTO_TEST_CASE(an_object_of_a_release_without_records_can_be_adopted) {
  auto const finding = finding_of("ownership", with({.release = "gone", .release_name_space = "coder"}));
  BOOST_TEST(finding.message == "names release gone in namespace coder, of which there is no record"
             "; adopting it works, and changes nothing of it but its marks");
  BOOST_TEST(remedy_of(finding) == "helm coder upgrade --version 1.21.7 --adopt ServiceAccount/coder");
}

BOOST_AUTO_TEST_CASE(another_managers_object_is_named_as_such) {
  auto const finding = finding_of("ownership", with({.manager = "argocd"}));
  BOOST_TEST(finding.message == "is managed by argocd; adopting it works, and changes nothing of it but its marks");
  BOOST_TEST(remedy_of(finding) == "helm coder upgrade --version 1.21.7 --adopt ServiceAccount/coder");
}

BOOST_AUTO_TEST_CASE(half_of_the_metadata_is_not_enough) {
  auto const finding =
      finding_of("ownership",
                 with({.release = "coder", .release_name_space = "coder", .lacks = {"app.kubernetes.io/managed-by"}}));
  BOOST_TEST(finding.message.starts_with("names this release, but Helm does not take it for its own"));
}

// What the upgrade would then make of the adopted object.
state::State with_write(state::Judgement judgement, std::vector<state::Difference> fields) {
  auto state = with({.lacks = {"app.kubernetes.io/managed-by"}});
  state::Write write{.verb = "PATCH", .api_version = "v1", .object = {"ServiceAccount", "", "coder", "coder"}};
  write.verdict = {.judgement = judgement, .message = "field is immutable"};
  write.changes = {.compared = judgement == state::Judgement::accepted, .fields = std::move(fields)};
  rehearsal_of(state).writes.push_back(write);
  return state;
}

BOOST_AUTO_TEST_CASE(what_adopting_would_change_is_named) {
  using state::Judgement;
  state::Difference const mark{"metadata.labels[app.kubernetes.io/managed-by]", 0, "", "Helm"};
  auto const message = [](auto const& state) { return finding_of("ownership", state).message; };
  BOOST_TEST(message(with_write(Judgement::accepted, {mark})).ends_with("; adopting it works, and changes nothing of it but its marks"));
  BOOST_TEST(message(with_write(Judgement::accepted, {mark, {"data.a", 0, "1", "2"}})).ends_with("; adopting it works, and changes data.a"));
  BOOST_TEST(message(with_write(Judgement::accepted, {{"a", 0, "", "1"}, {"b", 0, "", "1"}, {"c", 0, "", "1"}, {"d", 0, "", "1"}}))
                 .ends_with("; adopting it works, and changes a, b and 2 more"));
  auto conflict = with_write(Judgement::rejected, {});
  rehearsal_of(conflict).writes.back().verdict.cause = state::Cause::conflict;
  rehearsal_of(conflict).writes.back().changes = {.compared = true, .fields = {{"data.a", 0, "1", "2"}}};
  BOOST_TEST(message(conflict).ends_with("; adopting it works, and changes data.a"), "adopting settles it");
  BOOST_TEST(message(with_write(Judgement::rejected, {})).ends_with("; adopted, it would still stop the upgrade: field is immutable"));
  BOOST_TEST(message(with_write(Judgement::not_verified, {})).ends_with("managed-by)"));
}

BOOST_AUTO_TEST_CASE(what_the_server_does_not_let_be_labelled_can_not_be_adopted) {
  auto owned = state::Ownership{};
  owned.adoption = {.judgement = state::Judgement::rejected, .message = "denied by policy"};
  BOOST_TEST(remedy_of(finding_of("ownership", with_verdict(owned))) ==
             "It can't be adopted, because the server refuses the labels: denied by policy.");
  owned.adoption = {};
  BOOST_TEST(remedy_of(finding_of("ownership", with_verdict(owned))).starts_with("Find out whose it is"));
}

BOOST_AUTO_TEST_CASE(all_conflicts_are_listed_and_what_lies_behind_is_not_verified) {
  auto state = with({.manager = "argocd"});
  rehearsal_of(state).complete = false;
  auto const outcome = outcome_of("ownership", state);
  BOOST_TEST(outcome.findings.size() == 1u);
  BOOST_TEST(outcome.unverified.size() == 1u);
}

BOOST_AUTO_TEST_CASE(a_conflict_that_was_not_seen_closely_stands_in_helms_words) {
  auto state = healthy();
  rehearsal_of(state).ending = state::Ending::ownership;
  rehearsal_of(state).error = "exists and cannot be imported into the current release";
  BOOST_TEST(finding_of("ownership", state).message == "exists and cannot be imported into the current release");
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("ownership", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
