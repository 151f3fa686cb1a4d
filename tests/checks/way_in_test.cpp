#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(way_in)

BOOST_AUTO_TEST_CASE(a_way_in_that_stays_passes) { BOOST_TEST(passes("way-in", healthy())); }

BOOST_AUTO_TEST_CASE(another_one_will_do) {
  auto state = healthy();
  rehearsal_of(state).entries = {{{"Service", "", "coder", "ingress-nginx"}, "198.51.100.4", true, false},
                                 {{"Service", "", "coder", "coderd"}, "", false, true}};
  BOOST_TEST(passes("way-in", state));
}

BOOST_AUTO_TEST_CASE(none_left_is_an_error_that_names_those_before) {
  auto state = healthy();
  rehearsal_of(state).entries = {{{"Service", "", "coder", "ingress-nginx"}, "198.51.100.4", true, false},
                                 {{"Ingress", "extensions", "coder", "web-ingress"}, "coder.example.com", true, false}};
  auto const finding = finding_of("way-in", state);
  BOOST_TEST(finding.object == "Service/ingress-nginx, Ingress/web-ingress");
  BOOST_TEST(finding.message == "the only way in from outside goes, and the new version brings no other");
}

BOOST_AUTO_TEST_CASE(where_there_was_none_none_is_missed) {
  auto state = healthy();
  rehearsal_of(state).entries.clear();
  BOOST_TEST(passes("way-in", state));
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("way-in", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
