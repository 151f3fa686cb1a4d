#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(providers_in_lockstep)

namespace {

// With one provider besides the built-in one, and its release.
state::State with_provider(std::string const& version) {
  auto state = with_coder([](auto& it) { std::get<state::Providers>(it.providers).all.push_back({.name = "sydney", .status = "ready"}); });
  state.family = state::Family{.providers = {{.release = "wp", .name_space = "sydney", .version = version, .primary_url = "https://coder.example.com"}}};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_provider_on_coders_version_passes) { BOOST_TEST(passes("providers-in-lockstep", with_provider("1.21.0"))); }

BOOST_AUTO_TEST_CASE(one_that_stayed_behind_is_a_finding_with_the_command_that_brings_it_along) {
  auto const finding = finding_of("providers-in-lockstep", with_provider("1.20.0"));
  BOOST_TEST(finding.object == "release wp in sydney");
  BOOST_TEST(finding.message == "it is on 1.20.0, and Coder on 1.21.0");
  BOOST_TEST(remedy_of(finding).ends_with("helm coder upgrade wp coder/workspace-provider --version 1.21.0 -n sydney."));
}

BOOST_AUTO_TEST_CASE(providers_of_other_clusters_are_not_verified) {
  auto state = with_provider("1.21.0");
  state.family = state::Family{};
  BOOST_TEST(unverified_of("providers-in-lockstep", state).why ==
             "1 workspace provider besides the built-in one, and 0 releases of them in this cluster: the version of the others can't be seen from here");
  state.family = state::Family{.providers = {{.release = "wp", .name_space = "sydney", .version = "1.21.0"}}, .satellites = {}, .unsure = "you may not list them"};
  BOOST_TEST(unverified_of("providers-in-lockstep", state).why == "there may be releases of workspace providers that were not seen: you may not list them");
  unverified_without_coder("providers-in-lockstep");
}

BOOST_AUTO_TEST_CASE(one_that_may_be_another_coders_is_not_verified_and_one_that_is_passes) {
  auto state = with_provider("1.20.0");
  std::get<state::Family>(state.family).providers[0].primary_url = "";
  BOOST_TEST(unverified_of("providers-in-lockstep", state).why == "it is on 1.20.0, and Coder on 1.21.0; it does not say to which Coder it belongs");
  std::get<state::Family>(state.family).providers[0].primary_url = "https://other.example.com";
  BOOST_TEST(unverified_of("providers-in-lockstep", state).why.starts_with("1 workspace provider besides the built-in one, and 0 releases of them"));
  std::get<state::Providers>(std::get<state::Coder>(state.coder).providers).all.pop_back();
  BOOST_TEST(passes("providers-in-lockstep", state));
}

BOOST_AUTO_TEST_CASE(from_1_22_on_there_is_nothing_to_keep_in_step) {
  auto state = upgrade("1.22.3", "1.23.1");
  state.family = state::Family{.providers = {{.release = "wp", .name_space = "sydney", .version = "1.21.7"}}};
  BOOST_TEST(passes("providers-in-lockstep", state));
}

BOOST_AUTO_TEST_SUITE_END()
