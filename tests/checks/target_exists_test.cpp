#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

// The chart of this version could not be fetched.
state::State missing(std::string const& version) {
  auto state = healthy();
  state.request.version = version;
  state.target = state::Unknown{"helm pull failed", ""};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(target_exists)

BOOST_AUTO_TEST_CASE(a_chart_that_was_fetched_exists) { BOOST_TEST(passes("target-exists", healthy())); }

BOOST_AUTO_TEST_CASE(a_version_that_was_never_released_is_an_error_with_the_nearest) {
  auto state = missing("1.21.9");
  std::get<state::Repository>(state.repository).index_age = 60;
  auto const finding = finding_of("target-exists", state);
  BOOST_TEST(finding.message ==
             "the index of repository coder has no coder/coder 1.21.9; its newest of 1.21 is 1.21.7");
  BOOST_TEST(remedy_of(finding) == "helm search repo coder/coder --versions");
}

BOOST_AUTO_TEST_CASE(one_that_was_released_asks_for_a_newer_index) {
  auto state = missing("1.22.3");
  std::get<state::Repository>(state.repository).index_age = 60;
  BOOST_TEST(remedy_of(finding_of("target-exists", state)) == "helm repo update coder");
}

BOOST_AUTO_TEST_CASE(a_line_that_the_index_lacks_is_an_error) {
  auto const finding = finding_of("target-exists", missing("1.50"));
  BOOST_TEST(finding.message == "the index of repository coder has no coder/coder 1.50");
}

BOOST_AUTO_TEST_CASE(one_that_is_listed_but_could_not_be_fetched_is_not_verified) {
  BOOST_TEST(unverified_of("target-exists", missing("1.21.7")).why == "helm pull failed");
  BOOST_TEST(unverified_of("target-exists", missing("1.21")).why == "helm pull failed");
}

BOOST_AUTO_TEST_CASE(without_an_index_nothing_is_verified) {
  auto state = missing("1.21.9");
  std::get<state::Repository>(state.repository).index_age = -1;
  BOOST_TEST(unverified_of("target-exists", state).why == "helm pull failed");
}

BOOST_AUTO_TEST_SUITE_END()
