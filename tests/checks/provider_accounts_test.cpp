#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(provider_accounts)

namespace {

state::State with_release(std::vector<std::string> taken, std::string const& unsure = "") {
  auto state = upgrade("1.21.7", "1.22.3");
  state.family = state::Family{.providers = {{.release = "wp", .name_space = "sydney", .version = "1.20.0", .primary_url = "https://coder.example.com", .taken = std::move(taken)}}, .satellites = {}, .unsure = unsure};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_release_that_leaves_them_behind_passes) { BOOST_TEST(passes("provider-accounts", with_release({}))); }

BOOST_AUTO_TEST_CASE(one_that_would_take_them_along_is_to_be_upgraded_first) {
  auto const finding = finding_of("provider-accounts", with_release({"ServiceAccount/coder", "Role/coder"}));
  BOOST_TEST(finding.object == "release wp in sydney");
  BOOST_TEST(finding.message.find("would delete ServiceAccount/coder, Role/coder") != std::string::npos);
  BOOST_TEST(remedy_of(finding).ends_with("helm coder upgrade wp coder/workspace-provider --version 1.21.7 -n sydney."), remedy_of(finding));
}

BOOST_AUTO_TEST_CASE(before_1_22_nobody_uninstalls_one) {
  auto state = with_release({"ServiceAccount/coder"});
  state.target = state::Target{.name = "coder", .version = "1.21.7"};
  BOOST_TEST(passes("provider-accounts", state));
}

BOOST_AUTO_TEST_CASE(one_that_may_be_another_coders_is_not_verified) {
  auto state = with_release({"ServiceAccount/coder"});
  state.coder = state::Unknown{"no token was given", ""};
  BOOST_TEST(unverified_of("provider-accounts", state).why.ends_with("; it belongs to https://coder.example.com, and whether that is this Coder can't be told"));
}

BOOST_AUTO_TEST_CASE(what_may_not_be_listed_is_not_verified) {
  BOOST_TEST(unverified_of("provider-accounts", with_release({}, "you may not list them")).why.ends_with("you may not list them"));
  auto state = with_release({});
  state.family = state::Unknown{"there is no cluster", ""};
  BOOST_TEST(unverified_of("provider-accounts", state).why == "there is no cluster");
}

BOOST_AUTO_TEST_SUITE_END()
