#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(repository_added)

BOOST_AUTO_TEST_CASE(a_known_repository_passes) { BOOST_TEST(passes("repository-added", healthy())); }

BOOST_AUTO_TEST_CASE(a_chart_in_a_folder_needs_none) {
  auto state = healthy();
  state.repository = state::Repository{.needed = false};
  BOOST_TEST(passes("repository-added", state));
}

BOOST_AUTO_TEST_CASE(a_missing_one_can_be_added_under_the_name_that_was_used) {
  auto state = healthy();
  state.request.chart = "ours/coder";
  state.repository = state::Repository{.name = "ours"};
  auto const finding = finding_of("repository-added", state);
  BOOST_TEST(finding.message == "Helm has no repository of this name, so it can't find ours/coder");
  BOOST_TEST(remedy_of(finding) == "helm repo add ours https://helm.coder.com");
}

BOOST_AUTO_TEST_CASE(where_another_chart_comes_from_is_not_for_us_to_know) {
  auto state = healthy();
  state.request.chart = "lab/lab";
  state.repository = state::Repository{.name = "lab"};
  BOOST_TEST(remedy_of(finding_of("repository-added", state)).starts_with("Add the repository with"));
}

BOOST_AUTO_TEST_CASE(an_unreadable_list_is_not_verified) {
  auto state = healthy();
  state.repository = state::Unknown{"helm repo list failed", ""};
  BOOST_TEST(unverified_of("repository-added", state).why == "helm repo list failed");
}

BOOST_AUTO_TEST_SUITE_END()
