#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(networking_v2)

namespace {

state::State to_1_22(state::Told sydney) {
  auto state = upgrade("1.21.7", "1.22.3");
  auto& coder = std::get<state::Coder>(state.coder);
  std::get<state::Providers>(coder.providers).all.push_back({.name = "sydney", .status = "ready", .networking_v2 = sydney});
  return state;
}

}  // namespace

BOOST_AUTO_TEST_CASE(providers_that_all_have_it_pass) { BOOST_TEST(passes("networking-v2", to_1_22(state::Told::yes))); }

BOOST_AUTO_TEST_CASE(a_provider_without_it_forbids_1_22) {
  auto const finding = finding_of("networking-v2", to_1_22(state::Told::no));
  BOOST_TEST(finding.object == "workspace provider sydney");
  BOOST_TEST(finding.message == "Networking v2 is off; its workspaces could not be reached any more");
}

BOOST_AUTO_TEST_CASE(a_provider_of_which_coder_does_not_say_it_is_not_verified) {
  BOOST_TEST(unverified_of("networking-v2", to_1_22(state::Told::not_said)).object == "workspace provider sydney");
}

BOOST_AUTO_TEST_CASE(no_provider_at_all_is_not_verified) {
  auto state = to_1_22(state::Told::yes);
  std::get<state::Coder>(state.coder).providers = state::Providers{};
  BOOST_TEST(unverified_of("networking-v2", state).why == "Coder (https://coder.example.com) names no workspace provider, not even the built-in one");
}

BOOST_AUTO_TEST_CASE(before_and_after_that_line_nobody_is_asked) {
  for (auto const& [from, to] : {std::pair("1.20.0", "1.21.7"), std::pair("1.22.3", "1.23.1")}) {
    auto state = upgrade(from, to);
    state.coder = state::Unknown{"no token was given", ""};
    BOOST_TEST(passes("networking-v2", state));
  }
}

BOOST_AUTO_TEST_CASE(a_coder_that_is_too_old_to_have_it_is_sent_to_its_plan) {
  BOOST_TEST(remedy_of(finding_of("networking-v2", upgrade("1.20.0", "1.22.3"))) == "helm coder plan --to 1.22.3");
}

BOOST_AUTO_TEST_CASE(without_coder_the_step_to_1_22_is_not_verified) {
  auto state = to_1_22(state::Told::yes);
  state.coder = state::Unknown{"no token was given", ""};
  BOOST_TEST(unverified_of("networking-v2", state).why == "no token was given");
}

BOOST_AUTO_TEST_SUITE_END()
