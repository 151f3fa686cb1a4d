#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

constexpr std::int64_t day = 24 * 60 * 60;

}  // namespace

BOOST_AUTO_TEST_SUITE(index_fresh)

BOOST_AUTO_TEST_CASE(an_index_of_today_passes) {
  auto state = healthy();
  state.request.version = "";
  BOOST_TEST(passes("index-fresh", state));
}

BOOST_AUTO_TEST_CASE(an_old_index_that_has_the_version_passes) {
  auto state = healthy();
  std::get<state::Repository>(state.repository).index_age = 40 * day;
  BOOST_TEST(passes("index-fresh", state));
}

BOOST_AUTO_TEST_CASE(an_old_index_may_lack_the_newest_patch) {
  auto state = healthy();
  state.request.version = "1.21";
  std::get<state::Repository>(state.repository).index_age = 40 * day;
  auto const finding = finding_of("index-fresh", state);
  BOOST_TEST(finding.message == "its index was fetched 40 days ago, and newer versions may be missing from it");
  BOOST_TEST(remedy_of(finding) == "helm repo update coder");
}

BOOST_AUTO_TEST_CASE(an_index_that_was_never_fetched_is_a_finding) {
  auto state = healthy();
  std::get<state::Repository>(state.repository).index_age = -1;
  BOOST_TEST(remedy_of(finding_of("index-fresh", state)) == "helm repo update coder");
}

BOOST_AUTO_TEST_CASE(the_index_of_a_missing_repository_is_not_verified) {
  auto state = healthy();
  state.repository = state::Repository{.name = "coder"};
  BOOST_TEST(unverified_of("index-fresh", state).tell == "helm coder explain HC104");
}

BOOST_AUTO_TEST_SUITE_END()
