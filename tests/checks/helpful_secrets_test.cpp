#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State without_pull_secret(bool needed, std::string const& unsure = "") {
  auto state = healthy();
  state::Reference lost{.object = {"Deployment", "apps", "coder", "coderd"}, .field = "imagePullSecrets", .to = "Secret registry"};
  lost.why = "there is no Secret registry", lost.unsure = unsure, lost.needed = needed;
  rehearsal_of(state).lost_references = {lost};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(helpful_secrets)

BOOST_AUTO_TEST_CASE(secrets_that_are_there_pass) { BOOST_TEST(passes("helpful-secrets", healthy())); }

BOOST_AUTO_TEST_CASE(a_pull_secret_that_is_not_there_is_a_warning) {
  auto const finding = finding_of("helpful-secrets", without_pull_secret(false));
  BOOST_TEST(finding.field == "imagePullSecrets");
  BOOST_TEST(finding.message == "it takes Secret registry, and there is no Secret registry");
}

BOOST_AUTO_TEST_CASE(what_pods_can_not_start_without_is_another_checks) { BOOST_TEST(passes("helpful-secrets", without_pull_secret(true))); }

BOOST_AUTO_TEST_CASE(what_another_controller_makes_is_not_verified) {
  BOOST_TEST(unverified_of("helpful-secrets", without_pull_secret(false, "its annotation asks for it")).why ==
             "Secret registry: there is no Secret registry; its annotation asks for it");
}

BOOST_AUTO_TEST_SUITE_END()
