#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(helm_version)

BOOST_AUTO_TEST_CASE(helm_3_6_passes) {
  auto state = healthy();
  state.helm = state::Helm{"/usr/bin/helm", "3.6.0"};
  BOOST_TEST(outcome_of("helm-version", state).findings.size() == 0u);
}

BOOST_AUTO_TEST_CASE(an_older_helm_is_an_error_that_names_it) {
  auto state = healthy();
  state.helm = state::Helm{"/opt/old/helm", "3.5.4"};
  auto const outcome = outcome_of("helm-version", state);
  BOOST_REQUIRE(outcome.findings.size() == 1u);
  BOOST_TEST(outcome.findings[0].message == "/opt/old/helm is Helm 3.5.4; Coder needs 3.6.0 or newer");
}

BOOST_AUTO_TEST_CASE(no_helm_is_not_verified) {
  auto state = healthy();
  state.helm = state::Unknown{"no helm in PATH", ""};
  auto const outcome = outcome_of("helm-version", state);
  BOOST_REQUIRE(outcome.unverified.size() == 1u);
  BOOST_TEST(outcome.unverified[0].why == "no helm in PATH");
}

BOOST_AUTO_TEST_SUITE_END()
