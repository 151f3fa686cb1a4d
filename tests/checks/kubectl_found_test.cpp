#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(kubectl_found)

BOOST_AUTO_TEST_CASE(a_kubectl_passes) { BOOST_TEST(passes("kubectl-found", healthy())); }

BOOST_AUTO_TEST_CASE(none_is_a_finding_that_says_what_follows) {
  auto state = healthy();
  state.kubectl = state::Kubectl{};
  BOOST_TEST(finding_of("kubectl-found", state).message ==
             "no kubectl was found in PATH: without it nothing in the cluster can be seen or rehearsed");
}

BOOST_AUTO_TEST_CASE(one_that_could_not_be_asked_is_not_verified) {
  auto state = healthy();
  state.kubectl = state::Unknown{"no answer", ""};
  BOOST_TEST(unverified_of("kubectl-found", state).why == "no answer");
}

BOOST_AUTO_TEST_SUITE_END()
