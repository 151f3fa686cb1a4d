#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State with_registry(std::string const& before, state::Judgement found = state::Judgement::not_verified) {
  auto state = healthy();
  state::Image image{.object = {"Deployment", "apps", "coder", "coderd"}, .image = "docker.io/coder:2", .is_new = true, .registry_before = before};
  image.found = found;
  rehearsal_of(state).images = {image};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(same_registry)

BOOST_AUTO_TEST_CASE(an_image_from_the_same_registry_passes) { BOOST_TEST(passes("same-registry", with_registry(""))); }

BOOST_AUTO_TEST_CASE(one_from_another_is_told) {
  auto const finding = finding_of("same-registry", with_registry("mirror.example.com"));
  BOOST_TEST(finding.message == "image docker.io/coder:2 is not from mirror.example.com, where the release's images come from now");
}

BOOST_AUTO_TEST_CASE(one_that_is_nowhere_is_another_checks) { BOOST_TEST(passes("same-registry", with_registry("mirror.example.com", state::Judgement::rejected))); }

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  BOOST_TEST(unverified_of("same-registry", state).why.starts_with("the chart does not render"));
}

BOOST_AUTO_TEST_CASE(an_older_recording_that_does_not_tell_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).images.clear();
  BOOST_TEST(unverified_of("same-registry", state).why == "the images of the new version were not looked at");
}

BOOST_AUTO_TEST_SUITE_END()
