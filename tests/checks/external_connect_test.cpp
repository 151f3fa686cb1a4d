#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(external_connect)

namespace {

state::State closing(state::Told ssh) {
  auto state = with_coder([&](auto& it) { std::get<state::Providers>(it.providers).all[0].ssh = ssh; });
  state::Write write{"PATCH", "v1", {"Service", "", "coder", "ingress-nginx"}, false, {.judgement = state::Judgement::accepted, .status = 200}, {.compared = true}};
  write.changes.fields = {{"spec.ports[ssh].port", 0, "22", ""}};
  rehearsal_of(state).writes.push_back(write);
  return state;
}

}  // namespace

BOOST_AUTO_TEST_CASE(where_nobody_uses_it_the_port_may_close) { BOOST_TEST(passes("external-connect", closing(state::Told::no))); }

BOOST_AUTO_TEST_CASE(where_it_is_on_a_port_that_closes_is_a_finding) {
  auto const finding = finding_of("external-connect", closing(state::Told::yes));
  BOOST_TEST(finding.object == "Service/ingress-nginx");
  BOOST_TEST(finding.message == "port 22 closes, and External Connect is on for built-in");
}

BOOST_AUTO_TEST_CASE(a_port_that_stays_open_passes) {
  auto state = closing(state::Told::yes);
  rehearsal_of(state).writes.back().changes.fields = {{"spec.ports[http].port", 0, "8022", "80"}};
  BOOST_TEST(passes("external-connect", state));
}

BOOST_AUTO_TEST_CASE(a_port_that_only_gets_another_name_stays_open) {
  auto state = closing(state::Told::yes);
  rehearsal_of(state).writes.back().changes.fields.push_back({"spec.ports[tcp-ssh].port", 0, "", "22"});
  BOOST_TEST(passes("external-connect", state));
}

BOOST_AUTO_TEST_CASE(a_port_without_a_name_counts_too) {
  auto state = closing(state::Told::yes);
  rehearsal_of(state).writes.back().changes.fields = {{"spec.ports[22].targetPort", 0, "22", ""}};
  BOOST_TEST(finding_of("external-connect", state).object == "Service/ingress-nginx");
}

BOOST_AUTO_TEST_CASE(a_provider_that_does_not_say_is_not_verified) {
  BOOST_TEST(unverified_of("external-connect", closing(state::Told::not_said)).why == "Coder does not say whether External Connect is on for built-in");
  unverified_without_coder("external-connect");
}

BOOST_AUTO_TEST_SUITE_END()
