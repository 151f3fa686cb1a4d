#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(renders_check)

BOOST_AUTO_TEST_CASE(a_chart_that_renders_passes) {
  auto state = healthy();
  BOOST_TEST(passes("renders", state));
  rehearsal_of(state).ending = state::Ending::manifest;
  BOOST_TEST(passes("renders", state));
}

BOOST_AUTO_TEST_CASE(one_that_does_not_is_an_error_in_helms_words) {
  auto state = healthy();
  stop_at_rendering(state);
  BOOST_TEST(finding_of("renders", state).message == "execution error at (coder/templates/legacy.tpl:2:4)");
}

BOOST_AUTO_TEST_CASE(where_helm_did_not_come_so_far_it_is_not_verified) {
  auto state = healthy();
  state.rehearsal = state::Rehearsal{.ending = state::Ending::storage};
  BOOST_TEST(unverified_of("renders", state).tell == "helm coder explain HC301");
}

BOOST_AUTO_TEST_SUITE_END()
