#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(addresses_kept)

BOOST_AUTO_TEST_CASE(an_address_that_stays_passes) { BOOST_TEST(passes("addresses-kept", healthy())); }

BOOST_AUTO_TEST_CASE(a_deleted_one_is_a_finding_once) {
  auto state = healthy();
  state::ObjectId const nginx{"Service", "", "coder", "ingress-nginx"};
  rehearsal_of(state).entries.push_back({nginx, "198.51.100.4", true, false});
  rehearsal_of(state).deletions.push_back({.object = nginx, .external_address = "198.51.100.4"});
  auto const finding = finding_of("addresses-kept", state);
  BOOST_TEST(finding.object == "Service/ingress-nginx");
  BOOST_TEST(finding.message == "people come in by 198.51.100.4, which goes with it");
}

BOOST_AUTO_TEST_CASE(an_ingress_of_two_api_groups_is_one) {
  auto state = healthy();
  rehearsal_of(state).entries.push_back(
      {{"Ingress", "networking.k8s.io", "coder", "web-ingress"}, "coder.example.com", true, false});
  rehearsal_of(state).deletions.push_back(
      {.object = {"Ingress", "extensions", "coder", "web-ingress"}, .external_address = "203.0.113.7"});
  BOOST_TEST(finding_of("addresses-kept", state).message == "people come in by coder.example.com, which goes with it");
}

BOOST_AUTO_TEST_CASE(a_load_balancer_that_never_had_an_address_is_none) {
  auto state = healthy();
  rehearsal_of(state).entries.push_back({{"Service", "", "coder", "d"}, "", true, false});
  BOOST_TEST(passes("addresses-kept", state));
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("addresses-kept", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
