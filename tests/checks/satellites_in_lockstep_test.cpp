#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(satellites_in_lockstep)

namespace {

state::State with_satellite(std::string const& version) {
  auto state = with_coder([](auto& it) { it.satellites = state::Satellites{{"oslo"}}; });
  state.family = state::Family{.providers = {}, .satellites = {{.release = "coder-satellite", .name_space = "oslo", .version = version, .primary_url = "https://coder.example.com"}}};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_satellite_on_coders_version_passes) { BOOST_TEST(passes("satellites-in-lockstep", with_satellite("1.21.0"))); }

BOOST_AUTO_TEST_CASE(one_on_another_version_is_a_finding_with_whose_it_is) {
  auto const finding = finding_of("satellites-in-lockstep", with_satellite("1.21.7"));
  BOOST_TEST(finding.object == "release coder-satellite in oslo");
  BOOST_TEST(finding.message == "it is on 1.21.7, and Coder on 1.21.0");
}

BOOST_AUTO_TEST_CASE(satellites_of_other_clusters_are_not_verified) {
  auto state = with_satellite("1.21.0");
  state.family = state::Family{};
  BOOST_TEST(unverified_of("satellites-in-lockstep", state).object == "satellites oslo");
  unverified_without_coder("satellites-in-lockstep");
}

BOOST_AUTO_TEST_CASE(one_of_another_coder_passes_and_stands_for_none_of_this_one) {
  auto state = with_satellite("1.20.0");
  std::get<state::Family>(state.family).satellites[0].primary_url = "https://other.example.com";
  BOOST_TEST(unverified_of("satellites-in-lockstep", state).object == "satellites oslo");
  std::get<state::Coder>(state.coder).satellites = state::Satellites{};
  BOOST_TEST(passes("satellites-in-lockstep", state));
}

BOOST_AUTO_TEST_CASE(before_1_21_there_are_none) {
  auto state = upgrade("1.20.0", "1.21.7");
  state.coder = state::Unknown{"no token", ""};
  BOOST_TEST(passes("satellites-in-lockstep", state));
}

BOOST_AUTO_TEST_SUITE_END()
