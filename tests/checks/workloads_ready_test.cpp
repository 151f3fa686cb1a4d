#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(workloads_ready)

BOOST_AUTO_TEST_CASE(what_runs_passes) { BOOST_TEST(passes("workloads-ready", healthy())); }

BOOST_AUTO_TEST_CASE(what_lacks_pods_is_a_warning_with_the_pods_own_reason) {
  auto state = healthy();
  rehearsal_of(state).unready = {{{"Deployment", "apps", "coder", "coderd"}, 2, 1, "Pod coderd-1: ImagePullBackOff"}};
  auto const finding = finding_of("workloads-ready", state);
  BOOST_TEST(finding.object == "Deployment/coderd");
  BOOST_TEST(finding.message == "1 of 2 pods are ready; Pod coderd-1: ImagePullBackOff");
}

BOOST_AUTO_TEST_CASE(what_could_not_be_listed_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).surroundings_seen = false;
  rehearsal_of(state).surroundings_unsure = "the services of namespace coder can't be listed: forbidden";
  BOOST_TEST(unverified_of("workloads-ready", state).why == "the services of namespace coder can't be listed: forbidden");
}

BOOST_AUTO_TEST_SUITE_END()
