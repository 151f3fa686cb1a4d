#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(providers_ready)

namespace {

state::State with_status(std::string const& status, std::string const& trouble = "") {
  return with_coder([&](auto& it) {
    std::get<state::Providers>(it.providers).all.push_back({.name = "sydney", .status = status, .trouble = trouble});
  });
}

}  // namespace

BOOST_AUTO_TEST_CASE(ready_ones_pass) { BOOST_TEST(passes("providers-ready", with_status("ready"))); }

BOOST_AUTO_TEST_CASE(one_that_was_never_deployed_is_a_finding) {
  auto const finding = finding_of("providers-ready", with_status("pending"));
  BOOST_TEST(finding.object == "workspace provider sydney");
  BOOST_TEST(finding.message == "it is pending");
}

BOOST_AUTO_TEST_CASE(what_coder_says_is_wrong_is_repeated) {
  BOOST_TEST(finding_of("providers-ready", with_status("error", "dial tcp: i/o timeout")).message == "it is error: dial tcp: i/o timeout");
}

BOOST_AUTO_TEST_CASE(one_without_a_status_is_not_verified) {
  BOOST_TEST(unverified_of("providers-ready", with_status("")).object == "workspace provider sydney");
}

BOOST_AUTO_TEST_CASE(what_a_newer_api_says_is_not_verified) {
  auto const unverified = unverified_of("providers-ready", with_coder([](auto& it) { it.version = "1.30.0"; }));
  BOOST_TEST(unverified.why.starts_with("the API of Coder 1.30.0 is not known to this program"));
}

BOOST_AUTO_TEST_CASE(without_coder_or_its_providers_it_is_not_verified) {
  unverified_without_coder("providers-ready");
  auto const state = with_coder([](auto& it) { it.providers = state::Unknown{"it does not tell", ""}; });
  BOOST_TEST(unverified_of("providers-ready", state).why == "it does not tell");
}

BOOST_AUTO_TEST_SUITE_END()
