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

BOOST_AUTO_TEST_SUITE(refused_keys)

BOOST_AUTO_TEST_CASE(new_names_pass) {
  BOOST_TEST(passes("refused-keys", with("1.28.7", {{"coderd.replicas", "3"}, {"ingress.enable", "true"}})));
}

BOOST_AUTO_TEST_CASE(an_old_name_is_an_error_with_the_new_one) {
  auto const finding = finding_of("refused-keys", with("1.28.7", {{"cemanager.resources.limits.cpu", "\"1\""}}));
  BOOST_TEST(finding.object == "cemanager.resources.limits.cpu");
  BOOST_TEST(finding.message == "the chart refuses it since 1.28.0; its new name is coderd.resources.limits.cpu");
  BOOST_TEST(remedy_of(finding) ==
             "Rename cemanager.resources.limits.cpu to coderd.resources.limits.cpu in your values; helm coder values migrate does it.");
}

BOOST_AUTO_TEST_CASE(one_without_a_successor_is_to_be_removed) {
  auto const finding = finding_of("refused-keys", with("1.28.7", {{"cemanager.accessURL", "\"(masked)\""}}));
  BOOST_TEST(finding.message == "the chart refuses it since 1.28.0, and nothing takes its place");
}

BOOST_AUTO_TEST_CASE(one_whose_successor_is_set_too_says_so) {
  auto const finding =
      finding_of("refused-keys", with("1.28.7", {{"serviceType", "\"NodePort\""}, {"services.type", "\"ClusterIP\""}}));
  BOOST_TEST(finding.message == "the chart refuses it since 1.28.0; services.type, which is set too, takes its place");
}

BOOST_AUTO_TEST_CASE(the_templates_do_not_see_what_is_empty) {
  BOOST_TEST(passes("refused-keys", with("1.28.7", {{"storageClassName", "\"\""}, {"postgres.useDefault", "false"}})));
  BOOST_TEST(finding_of("refused-keys", with("1.28.7", {{"storageClassName", "\"fast\""}})).object ==
             "storageClassName");
}

BOOST_AUTO_TEST_CASE(but_they_see_a_branch_with_something_empty_in_it) {
  BOOST_TEST(finding_of("refused-keys", with("1.28.7", {{"devurls.host", "\"\""}})).object == "devurls.host");
}

BOOST_AUTO_TEST_CASE(charts_before_1_28_refuse_no_old_name) {
  BOOST_TEST(passes("refused-keys", with("1.27.4", {{"cemanager.replicas", "2"}})));
}

BOOST_AUTO_TEST_CASE(a_pod_security_policy_is_refused_from_1_20_on) {
  std::map<std::string, std::string> const values{{"podSecurityPolicyName", "\"restricted\""}};
  BOOST_TEST(passes("refused-keys", with("1.19.2", values)));
  BOOST_TEST(finding_of("refused-keys", with("1.20.0", values)).object == "podSecurityPolicyName");
}

BOOST_AUTO_TEST_CASE(unknown_values_are_not_verified) {
  auto state = healthy();
  state.values = state::Unknown{"you may not read Secrets", ""};
  BOOST_TEST(unverified_of("refused-keys", state).why == "you may not read Secrets");
}

BOOST_AUTO_TEST_SUITE_END()
