#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(rollback_possible)

BOOST_AUTO_TEST_CASE(a_rollback_that_works_passes) { BOOST_TEST(passes("rollback-possible", healthy())); }

BOOST_AUTO_TEST_CASE(one_that_fails_is_a_finding_in_helms_words) {
  auto state = healthy();
  rehearsal_of(state).rollbacks = {{.from = "after the first rejection",
                                    .tried = true,
                                    .error = "no ServiceAccount with the name \"dashboard\" found"}};
  auto const finding = finding_of("rollback-possible", state);
  BOOST_TEST(finding.object == "after the first rejection");
  BOOST_TEST(finding.message == "Helm's rollback would fail: no ServiceAccount with the name \"dashboard\" found");
}

BOOST_AUTO_TEST_CASE(the_same_words_from_two_states_are_said_once) {
  auto state = healthy();
  rehearsal_of(state).rollbacks = {{.from = "before any object is written", .tried = true, .error = "no"},
                                   {.from = "after the first rejection", .tried = true, .error = "no"}};
  BOOST_TEST(finding_of("rollback-possible", state).object == "before any object is written; after the first rejection");
}

BOOST_AUTO_TEST_CASE(what_a_failing_rollback_leaves_is_named_object_by_object) {
  using state::Fate;
  auto state = healthy();
  state::Rollback rollback{.from = "after the first rejection", .tried = true, .error = "no"};
  auto const add = [&](std::string const& name, Fate failed, Fate end) { rollback.aftermath.push_back({{"ConfigMap", "", "coder", name}, failed, end}); };
  add("a", Fate::changed, Fate::changed);
  add("b", Fate::changed, Fate::as_before);
  add("c", Fate::created, Fate::created);
  add("d", Fate::deleted, Fate::deleted);
  rehearsal_of(state).rollbacks = {rollback};
  auto const outcome = outcome_of("rollback-possible", state);
  BOOST_REQUIRE(outcome.findings.size() == 2u);
  BOOST_TEST(outcome.findings[1].object == "after the first rejection");
  BOOST_TEST(outcome.findings[1].message ==
             "the release would be left between two versions, with objects changed and not changed back: ConfigMap/a; "
             "created and left behind: ConfigMap/c; deleted and not there again: ConfigMap/d");
}

BOOST_AUTO_TEST_CASE(what_a_rollback_that_works_leaves_is_a_finding_but_not_what_it_makes_anew) {
  using state::Fate;
  auto state = healthy();
  auto& rollback = rehearsal_of(state).rollbacks[0];
  rollback.aftermath = {{{"Service", "", "coder", "d"}, Fate::deleted, Fate::changed}};
  BOOST_TEST(passes("rollback-possible", state));
  rollback.aftermath.push_back({{"ConfigMap", "", "coder", "kept"}, Fate::created, Fate::created});
  BOOST_TEST(finding_of("rollback-possible", state).message ==
             "the rollback ends well, and yet leaves objects created and left behind: ConfigMap/kept");
}

BOOST_AUTO_TEST_CASE(many_objects_are_counted) {
  auto state = healthy();
  auto& rollback = rehearsal_of(state).rollbacks[0];
  for (int i = 0; i < 11; ++i)
    rollback.aftermath.push_back({{"ConfigMap", "", "coder", "c" + std::to_string(i)}, state::Fate::created, state::Fate::created});
  BOOST_TEST(finding_of("rollback-possible", state).message.ends_with("ConfigMap/c7, 3 more"));
}

BOOST_AUTO_TEST_CASE(a_hook_of_the_rollback_that_is_refused_is_a_finding_and_one_that_runs_is_not_verified) {
  auto state = healthy();
  state::Trial const hook{.object = {"ConfigMap", "", "coder", "before"}, .what = "the pre-rollback hook", .hook = true,
                          .verdict = {.judgement = state::Judgement::rejected, .message = "no"}};
  rehearsal_of(state).rollback_hooks = {hook};
  BOOST_TEST(finding_of("rollback-possible", state).message == "it stops the rollback, the pre-rollback hook: no");
  rehearsal_of(state).rollback_hooks[0].verdict.judgement = state::Judgement::not_verified;
  BOOST_TEST(unverified_of("rollback-possible", state).why == "the pre-rollback hook: no");
  rehearsal_of(state).rollback_hooks[0].verdict.judgement = state::Judgement::accepted;
  BOOST_TEST(passes("rollback-possible", state));
  rehearsal_of(state).rollback_hooks[0].object.kind = "Job";
  BOOST_TEST(unverified_of("rollback-possible", state).why.ends_with("shows only when it runs"));
}

BOOST_AUTO_TEST_CASE(each_refused_request_is_named) {
  auto state = healthy();
  rehearsal_of(state).rollbacks[0].rejected = {
      rejected("Service", "", "d", state::Cause::invalid, "primary clusterIP can not be unset")};
  BOOST_TEST(finding_of("rollback-possible", state).message ==
             "in the rollback before any object is written, the server refuses it: primary clusterIP can not be unset");
}

BOOST_AUTO_TEST_CASE(what_was_not_proven_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).rollbacks[0].unproven = {{"Widget", "example.com", "coder", "w"}};
  BOOST_TEST(unverified_of("rollback-possible", state).object == "Widget/w");
}

BOOST_AUTO_TEST_CASE(one_that_was_not_tried_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).rollbacks = {{.from = "before any object is written", .why_not_tried = "--no-rollback-check"}};
  BOOST_TEST(unverified_of("rollback-possible", state).why == "--no-rollback-check");
  rehearsal_of(state).rollbacks.clear();
  BOOST_TEST(unverified_of("rollback-possible", state).why == "no rollback was rehearsed");
}

BOOST_AUTO_TEST_CASE(an_installation_has_nothing_to_go_back_to) {
  auto state = healthy();
  release_of(state).base = 0;
  rehearsal_of(state).rollbacks.clear();
  BOOST_TEST(passes("rollback-possible", state));
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const outcome = outcome_of("rollback-possible", state);
  BOOST_TEST(outcome.findings.empty());
  BOOST_TEST(!outcome.unverified.empty());
}

BOOST_AUTO_TEST_SUITE_END()
