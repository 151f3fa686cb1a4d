#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(helm_version)

BOOST_AUTO_TEST_CASE(helm_3_6_passes) {
  auto state = healthy();
  state.helm = state::Helm{"/usr/bin/helm", "3.6.0"};
  BOOST_TEST(passes("helm-version", state));
}

BOOST_AUTO_TEST_CASE(an_older_helm_is_an_error_that_names_it) {
  auto state = healthy();
  state.helm = state::Helm{"/opt/old/helm", "3.5.4"};
  BOOST_TEST(finding_of("helm-version", state).message == "/opt/old/helm is Helm 3.5.4; Coder needs 3.6.0 or newer");
}

BOOST_AUTO_TEST_CASE(no_helm_at_all_is_an_error) {
  auto state = healthy();
  state.helm = state::Helm{};
  BOOST_TEST(finding_of("helm-version", state).message == "no helm was found in PATH, nor in HELM_BIN");
}

BOOST_AUTO_TEST_CASE(a_helm_that_could_not_be_asked_is_not_verified) {
  auto state = healthy();
  state.helm = state::Unknown{"helm version took too long", ""};
  BOOST_TEST(unverified_of("helm-version", state).why == "helm version took too long");
}

BOOST_AUTO_TEST_CASE(a_version_that_can_not_be_read_is_not_verified) {
  auto state = healthy();
  state.helm = state::Helm{"/usr/bin/helm", "unknown"};
  BOOST_TEST(unverified_of("helm-version", state).why == "its version \"unknown\" is none that we can read");
}

BOOST_AUTO_TEST_SUITE_END()
