#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(target_flaws)

BOOST_AUTO_TEST_CASE(a_version_without_known_defect_passes) { BOOST_TEST(passes("target-flaws", healthy())); }

BOOST_AUTO_TEST_CASE(a_defect_is_a_finding_with_the_version_that_corrects_it) {
  auto const finding = finding_of("target-flaws", upgrade("1.20.0", "1.21.0"));
  BOOST_TEST(finding.message ==
             "it deletes the ServiceAccount environments, which workspaces of older providers run as");
  BOOST_TEST(remedy_of(finding) == "Go to 1.21.1, which has the correction, unless this does not concern you.");
}

BOOST_AUTO_TEST_CASE(what_target_sound_forbids_is_not_said_twice) {
  BOOST_TEST(passes("target-flaws", upgrade("1.33.6", "1.34.0")));
}

BOOST_AUTO_TEST_CASE(a_defect_that_needs_a_value_concerns_those_who_set_it) {
  auto state = upgrade("1.22.3", "1.23.1");
  BOOST_TEST(passes("target-flaws", state));
  state.values = state::Values{{{"ingress.useDefault", "false"}}};
  BOOST_TEST(finding_of("target-flaws", state).object == "coder 1.23.1");
}

BOOST_AUTO_TEST_CASE(without_the_values_it_is_not_verified) {
  auto state = upgrade("1.22.3", "1.23.1");
  state.values = state::Unknown{"you may not read Secrets", "kubectl auth can-i get secrets"};
  BOOST_TEST(unverified_of("target-flaws", state).tell == "kubectl auth can-i get secrets");
}

BOOST_AUTO_TEST_SUITE_END()
