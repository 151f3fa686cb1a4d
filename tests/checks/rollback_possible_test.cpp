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
