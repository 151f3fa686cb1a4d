#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(routes_kept)

BOOST_AUTO_TEST_CASE(routes_that_lead_somewhere_pass) { BOOST_TEST(passes("routes-kept", healthy())); }

BOOST_AUTO_TEST_CASE(an_ingress_of_others_that_is_cut_off_is_told_with_its_new_backend) {
  auto const finding = finding_of("routes-kept", with_lost_route(false, true, "coderd:80"));
  BOOST_TEST(finding.message == "after the upgrade it leads nowhere: it asks for cemanager:8080, and there is no Service cemanager");
  BOOST_TEST(remedy_of(finding).starts_with("Change its backend to coderd:80 right after the upgrade"));
}

BOOST_AUTO_TEST_CASE(one_that_led_nowhere_before_is_nobodys_news) { BOOST_TEST(passes("routes-kept", with_lost_route(false, false, ""))); }

BOOST_AUTO_TEST_CASE(a_namespace_that_was_not_looked_at_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).surroundings_seen = false;
  BOOST_TEST(unverified_of("routes-kept", state).why == "the namespace's Ingresses and pods were not looked at");
}

BOOST_AUTO_TEST_SUITE_END()
