#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(server_warnings)

BOOST_AUTO_TEST_CASE(no_warnings_pass) { BOOST_TEST(passes("server-warnings", healthy())); }

BOOST_AUTO_TEST_CASE(the_same_warning_is_one_finding_for_all_objects) {
  auto state = healthy();
  auto& writes = rehearsal_of(state).writes;
  writes.push_back(writes.front());
  writes.back().object.name = "dashboard";
  for (auto& write : writes) write.verdict.warnings = {"policy/v1beta1 is deprecated"};
  auto const finding = finding_of("server-warnings", state);
  BOOST_TEST(finding.object == "Deployment/coderd, Deployment/dashboard");
  BOOST_TEST(finding.message == "policy/v1beta1 is deprecated");
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("server-warnings", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
