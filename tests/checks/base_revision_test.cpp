#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(base_revision)

BOOST_AUTO_TEST_CASE(a_deployed_revision_passes) { BOOST_TEST(passes("base-revision", healthy())); }

BOOST_AUTO_TEST_CASE(a_first_installation_that_never_ended_is_an_error) {
  auto state = healthy();
  release_of(state).base = 0;
  release_of(state).revisions.back().status = "pending-install";
  auto const finding = finding_of("base-revision", state);
  BOOST_TEST(finding.message.find("the last one is pending-install") != std::string::npos);
  BOOST_TEST(remedy_of(finding) == "helm coder recover");
}

BOOST_AUTO_TEST_CASE(what_was_uninstalled_can_be_installed_again) {
  auto state = healthy();
  release_of(state).base = 0;
  release_of(state).revisions.back().status = "uninstalled";
  BOOST_TEST(finding_of("base-revision", state).object == "release coder");
  state.request.install = true;
  BOOST_TEST(passes("base-revision", state));
}

BOOST_AUTO_TEST_CASE(records_that_may_not_be_read_are_not_verified) {
  auto state = healthy();
  state.release = state::Unknown{"you may not list Secrets", ""};
  BOOST_TEST(unverified_of("base-revision", state).why == "you may not list Secrets");
}

BOOST_AUTO_TEST_SUITE_END()
