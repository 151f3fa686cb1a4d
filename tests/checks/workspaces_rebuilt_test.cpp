#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(workspaces_rebuilt)

BOOST_AUTO_TEST_CASE(workspaces_that_are_as_they_should_be_pass) { BOOST_TEST(passes("workspaces-rebuilt", healthy())); }

BOOST_AUTO_TEST_CASE(those_that_must_be_rebuilt_are_named) {
  auto const state = with_coder([](auto& it) {
    it.workspaces = state::Workspaces{.count = 7, .to_rebuild = 2, .examples = {"ada", "grace"}, .why = "the image has changed"};
  });
  auto const finding = finding_of("workspaces-rebuilt", state);
  BOOST_TEST(finding.object == "2 workspaces of 7");
  BOOST_TEST(finding.message == "to be rebuilt before they can be used: ada, grace (Coder says: the image has changed)");
}

BOOST_AUTO_TEST_CASE(workspaces_that_the_token_may_not_list_are_not_verified) {
  auto const state = with_coder([](auto& it) { it.workspaces = state::Unknown{"the token may not list them", ""}; });
  BOOST_TEST(unverified_of("workspaces-rebuilt", state).why == "the token may not list them");
  unverified_without_coder("workspaces-rebuilt");
}

BOOST_AUTO_TEST_SUITE_END()
