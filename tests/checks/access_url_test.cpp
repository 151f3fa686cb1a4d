#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(access_url)

namespace {

state::State losing(std::string const& host) {
  auto state = with_lost_route(false, true, "coderd:80");
  rehearsal_of(state).lost_routes[0].host = host;
  return state;
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_address_whose_way_in_stays_passes) {
  BOOST_TEST(passes("access-url", healthy()));
  BOOST_TEST(passes("access-url", losing("other.example.com")));
}

BOOST_AUTO_TEST_CASE(an_address_whose_ingress_leads_nowhere_afterwards_is_a_finding) {
  auto const finding = finding_of("access-url", losing("coder.example.com"));
  BOOST_TEST(finding.object == "coder.example.com");
  BOOST_TEST(finding.message == "it leads to Coder through Ingress/web, and nowhere after the upgrade: there is no Service cemanager");
}

BOOST_AUTO_TEST_CASE(the_address_of_a_load_balancer_that_goes_is_a_finding) {
  auto state = healthy();
  std::get<state::Coder>(state.coder).url = "https://203.0.113.7:8443";
  rehearsal_of(state).entries[0].after = false;
  BOOST_TEST(finding_of("access-url", state).message == "Service/coderd, which has this address, goes");
}

BOOST_AUTO_TEST_CASE(a_name_that_may_lead_to_an_address_that_goes_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).entries[0].after = false;
  BOOST_TEST(unverified_of("access-url", state).object == "coder.example.com");
}

BOOST_AUTO_TEST_CASE(without_an_address_it_is_not_verified) {
  auto const state = with_coder([](auto& it) { it.url = "", it.providers = state::Unknown{"", ""}; });
  BOOST_TEST(unverified_of("access-url", state).why == "it is not known by which address people reach Coder");
  unverified_without_coder("access-url");
}

BOOST_AUTO_TEST_SUITE_END()
