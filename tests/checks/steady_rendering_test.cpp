#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State with(state::Unsteady each) {
  auto state = healthy();
  rehearsal_of(state).rerendering.unsteady = {std::move(each)};
  return state;
}

state::ObjectId const coderd{"Deployment", "apps", "coder", "coderd"};

}  // namespace

BOOST_AUTO_TEST_SUITE(steady_rendering_check)

BOOST_AUTO_TEST_CASE(two_renderings_that_are_the_same_pass) { BOOST_TEST(passes("steady-rendering", healthy())); }

BOOST_AUTO_TEST_CASE(what_differs_is_a_warning_with_its_fields) {
  auto const finding = finding_of("steady-rendering", with({.object = coderd, .fields = {"spec.a", "spec.b"}, .more = 2}));
  BOOST_TEST(finding.object == "Deployment/coderd");
  BOOST_TEST(finding.field == "spec.a, spec.b, and 2 more");
  BOOST_TEST(finding.message ==
             "differs each time the chart is rendered; what was rehearsed is not byte for byte what will be applied");
  BOOST_TEST((checks::find("steady-rendering")->severity == report::Severity::warning));
}

BOOST_AUTO_TEST_CASE(pods_that_restart_each_time_are_said) {
  auto const finding = finding_of("steady-rendering", with({.object = coderd, .restarts = true, .fields = {"spec.template.metadata.annotations[x]"}}));
  BOOST_TEST(finding.message.ends_with(", and its pods restart at each upgrade"));
}

BOOST_AUTO_TEST_CASE(a_hook_and_another_name_are_said) {
  auto const finding = finding_of("steady-rendering", with({.object = {"Job", "batch", "coder", "migrate-x7"}, .hook = true}));
  BOOST_TEST(finding.message.starts_with("a hook: it has another name each time the chart is rendered, or is not always there;"));
}

BOOST_AUTO_TEST_CASE(a_new_object_has_advice_of_its_own) {
  auto const finding = finding_of("steady-rendering", with({.object = coderd, .creates = true, .fields = {"data.password"}}));
  BOOST_TEST(remedy_of(finding).starts_with("The upgrade creates it;"));
}

BOOST_AUTO_TEST_CASE(a_chart_that_was_not_rendered_again_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).rerendering = {.why_not = "the chart could not be rendered a second time: no"};
  BOOST_TEST(unverified_of("steady-rendering", state).why == "the chart could not be rendered a second time: no");
  rehearsal_of(state).rerendering = {};
  BOOST_TEST(unverified_of("steady-rendering", state).why == "the chart was rendered once only");
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  BOOST_TEST(unverified_of("steady-rendering", state).tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
