#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State with(state::Judgement judgement, std::string const& kind = "Job") {
  auto state = healthy();
  rehearsal_of(state).trials.push_back(
      {.object = {kind, kind == "Job" ? "batch" : "", "coder", "migrate"},
       .what = "the pre-upgrade hook",
       .hook = true,
       .verdict = {.judgement = judgement, .message = "jobs \"migrate\" already exists"}});
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hooks_check)

BOOST_AUTO_TEST_CASE(a_hook_that_can_be_created_passes_unless_it_runs) {
  BOOST_TEST(passes("hooks", with(state::Judgement::accepted, "ConfigMap")));
  BOOST_TEST(unverified_of("hooks", with(state::Judgement::accepted)).why ==
             "the pre-upgrade hook: it can be created, but whether it ends well shows only when it runs");
}

BOOST_AUTO_TEST_CASE(one_that_is_rejected_is_an_error) {
  auto const finding = finding_of("hooks", with(state::Judgement::rejected));
  BOOST_TEST(finding.object == "Job/migrate");
  BOOST_TEST(finding.message == "the pre-upgrade hook: jobs \"migrate\" already exists");
}

BOOST_AUTO_TEST_CASE(one_that_could_not_be_tried_is_not_verified) {
  BOOST_TEST(unverified_of("hooks", with(state::Judgement::not_verified)).object == "Job/migrate");
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("hooks", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
