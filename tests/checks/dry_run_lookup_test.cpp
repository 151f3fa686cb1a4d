#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(dry_run_lookup)

BOOST_AUTO_TEST_CASE(helm_3_13_passes) {
  auto state = healthy();
  state.helm = state::Helm{"/usr/bin/helm", "3.13.0"};
  BOOST_TEST(passes("dry-run-lookup", state));
}

BOOST_AUTO_TEST_CASE(an_older_helm_is_named_with_what_it_shows_wrongly) {
  auto state = healthy();
  state.helm = state::Helm{"/usr/bin/helm", "3.10.1"};
  auto const finding = finding_of("dry-run-lookup", state);
  BOOST_TEST(finding.message.starts_with("with Helm 3.10.1, `helm upgrade --dry-run` and `helm template`"));
  BOOST_TEST(finding.message.ends_with("this rehearsal is not affected"));
}

BOOST_AUTO_TEST_CASE(without_a_helm_it_is_not_verified) {
  auto state = healthy();
  state.helm = state::Helm{};
  BOOST_TEST(unverified_of("dry-run-lookup", state).why == "there is no Helm to ask");
}

BOOST_AUTO_TEST_CASE(an_unknown_helm_is_not_verified) {
  auto state = healthy();
  state.helm = state::Unknown{"no answer", ""};
  BOOST_TEST(unverified_of("dry-run-lookup", state).why == "no answer");
}

BOOST_AUTO_TEST_SUITE_END()
