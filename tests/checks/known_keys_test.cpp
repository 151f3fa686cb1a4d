#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(known_keys)

namespace {

state::State with(std::string const& key) {
  auto state = healthy();
  std::get<state::Target>(state.target).keys = {"coderd", "coderd.replicas", "coderd.annotations", "envbox", "envbox.image"};
  state.values = state::Values{{{key, "1"}}};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_CASE(keys_of_the_chart_and_below_its_leaves_pass) {
  for (auto const* key : {"coderd.replicas", "coderd.annotations.a", "coderd.annotations.a.b/c"}) BOOST_TEST(passes("known-keys", with(key)), key);
}

BOOST_AUTO_TEST_CASE(a_slip_of_the_hand_is_told_with_what_was_meant) {
  auto const finding = finding_of("known-keys", with("coderd.replica"));
  BOOST_TEST(finding.object == "coderd.replica");
  BOOST_TEST(remedy_of(finding) == "Did you mean coderd.replicas? Then rename it in your values.");
}

BOOST_AUTO_TEST_CASE(a_key_that_nothing_is_near_is_told_too) {
  BOOST_TEST(remedy_of(finding_of("known-keys", with("somethingElseAltogether.x"))) == "Remove it from your values, or look up its name: helm show values.");
}

BOOST_AUTO_TEST_CASE(a_key_that_was_renamed_is_another_checks) { BOOST_TEST(passes("known-keys", with("cemanager.replicas"))); }

BOOST_AUTO_TEST_CASE(a_chart_whose_values_were_not_seen_is_not_verified) {
  auto state = with("a");
  std::get<state::Target>(state.target).keys.clear();
  BOOST_TEST(unverified_of("known-keys", state).why == "the chart's own values were not seen");
}

BOOST_AUTO_TEST_SUITE_END()
