#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

// An upgrade with these values.
state::State with(std::string const& to, std::map<std::string, std::string> values) {
  auto state = upgrade(to, to);
  state.values = state::Values{std::move(values)};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ignored_keys)

BOOST_AUTO_TEST_CASE(new_names_pass) { BOOST_TEST(passes("ignored-keys", with("1.27.4", {{"coderd.replicas", "3"}}))); }

BOOST_AUTO_TEST_CASE(an_old_name_is_a_finding_with_the_new_one) {
  auto const finding = finding_of("ignored-keys", with("1.27.4", {{"cemanager.replicas", "3"}}));
  BOOST_TEST(finding.message == "the chart ignores it since 1.27.0; its new name is coderd.replicas");
}

BOOST_AUTO_TEST_CASE(one_whose_successor_is_set_too_no_longer_wins) {
  auto const finding =
      finding_of("ignored-keys", with("1.27.4", {{"cemanager.replicas", "3"}, {"coderd.replicas", "1"}}));
  BOOST_TEST(finding.message ==
             "the chart ignores it since 1.27.0; coderd.replicas, which is set too, takes its place");
}

BOOST_AUTO_TEST_CASE(charts_up_to_1_26_still_take_old_names) {
  BOOST_TEST(passes("ignored-keys", with("1.26.4", {{"cemanager.replicas", "3"}})));
}

BOOST_AUTO_TEST_CASE(what_is_refused_is_for_another_check) {
  BOOST_TEST(passes("ignored-keys", with("1.28.7", {{"cemanager.replicas", "3"}})));
}

BOOST_AUTO_TEST_CASE(what_the_refusal_does_not_see_is_ignored) {
  BOOST_TEST(finding_of("ignored-keys", with("1.28.7", {{"postgres.useDefault", "false"}})).object ==
             "postgres.useDefault");
}

BOOST_AUTO_TEST_CASE(a_key_that_was_lost_for_some_patches_comes_back) {
  std::map<std::string, std::string> const values{{"coderd.serviceAnnotations.internal", "\"(masked)\""}};
  BOOST_TEST(passes("ignored-keys", with("1.26.4", values)));
  BOOST_TEST(finding_of("ignored-keys", with("1.28.0", values)).message ==
             "the chart ignores it since 1.27.0, and takes it again from 1.28.1 on");
  BOOST_TEST(passes("ignored-keys", with("1.28.1", values)));
}

BOOST_AUTO_TEST_CASE(a_key_without_a_successor_is_to_be_removed) {
  BOOST_TEST(remedy_of(finding_of("ignored-keys", with("1.27.0", {{"ssh.enable", "true"}}))) ==
             "Remove ssh.enable from your values; helm coder values migrate does it.");
}

BOOST_AUTO_TEST_CASE(unknown_values_are_not_verified) {
  auto state = healthy();
  state.values = state::Unknown{"you may not read Secrets", ""};
  BOOST_TEST(unverified_of("ignored-keys", state).why == "you may not read Secrets");
}

BOOST_AUTO_TEST_SUITE_END()
