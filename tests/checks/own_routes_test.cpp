#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(own_routes)

BOOST_AUTO_TEST_CASE(routes_that_lead_somewhere_pass) { BOOST_TEST(passes("own-routes", healthy())); }

BOOST_AUTO_TEST_CASE(an_ingress_of_the_release_that_leads_nowhere_is_forbidden) {
  auto const finding = finding_of("own-routes", with_lost_route(true, false, "coderd:80"));
  BOOST_TEST(finding.object == "Ingress/web");
  BOOST_TEST(finding.field == "coder.example.com");
  BOOST_TEST(finding.message == "it leads to cemanager:8080, and there is no Service cemanager");
  BOOST_TEST(remedy_of(finding).find("leads to coderd:80.") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(others_ingresses_are_another_checks) { BOOST_TEST(passes("own-routes", with_lost_route(false, true, ""))); }

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  BOOST_TEST(unverified_of("own-routes", state).why.starts_with("the chart does not render"));
}

BOOST_AUTO_TEST_SUITE_END()
