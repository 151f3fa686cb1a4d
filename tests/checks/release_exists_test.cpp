#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State without_release(std::vector<std::string> elsewhere) {
  auto state = healthy();
  state.release = state::Release{.name = "coder", .name_space = "coder", .elsewhere = std::move(elsewhere)};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(release_exists)

BOOST_AUTO_TEST_CASE(a_release_with_records_passes) { BOOST_TEST(passes("release-exists", healthy())); }

BOOST_AUTO_TEST_CASE(none_anywhere_is_an_error) {
  auto state = without_release({});
  auto const finding = finding_of("release-exists", state);
  BOOST_TEST(finding.message == "there is none in namespace coder");
  BOOST_TEST(remedy_of(finding) == "helm list -A");
}

BOOST_AUTO_TEST_CASE(one_in_another_namespace_is_named) {
  auto state = without_release({"tools"});
  auto const finding = finding_of("release-exists", state);
  BOOST_TEST(finding.message == "there is none in namespace coder, but one in tools");
  BOOST_TEST(remedy_of(finding) == "helm coder preflight -n tools --version 1.21.7");
}

BOOST_AUTO_TEST_CASE(several_are_for_the_person_to_choose_from) {
  auto const finding = finding_of("release-exists", without_release({"a", "b"}));
  BOOST_TEST(finding.message == "there is none in namespace coder, but one in a, b");
}

BOOST_AUTO_TEST_CASE(none_is_fine_where_one_is_to_be_installed) {
  auto state = without_release({});
  state.request.install = true;
  BOOST_TEST(passes("release-exists", state));
}

BOOST_AUTO_TEST_CASE(unreadable_records_are_not_verified) {
  auto state = healthy();
  state.release = state::Unknown{"you may not list Secrets in namespace coder", ""};
  BOOST_TEST(unverified_of("release-exists", state).why == "you may not list Secrets in namespace coder");
}

BOOST_AUTO_TEST_SUITE_END()
