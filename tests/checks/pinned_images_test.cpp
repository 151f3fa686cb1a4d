#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State with(std::string const& image) {
  auto state = healthy();
  state.values = state::Values{{{"coderd.image", image}}};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pinned_images)

BOOST_AUTO_TEST_CASE(no_image_and_the_images_of_the_target_pass) {
  BOOST_TEST(passes("pinned-images", healthy()));
  BOOST_TEST(passes("pinned-images", with("\"registry:5000/coder/coder-service:v1.21.7@sha256:0123\"")));
  BOOST_TEST(passes("pinned-images", with("\"\"")));
}

BOOST_AUTO_TEST_CASE(an_image_of_another_version_is_a_finding) {
  auto const finding = finding_of("pinned-images", with("\"docker.io/coderenvs/coder-service:1.20.0\""));
  BOOST_TEST(finding.object == "coderd.image");
  BOOST_TEST(finding.message ==
             "it is set to docker.io/coderenvs/coder-service:1.20.0, and stays there whatever version the chart has");
}

BOOST_AUTO_TEST_CASE(an_image_that_tells_no_version_is_not_verified) {
  for (auto const* image :
       {"\"registry:5000/coder-service\"", "\"coder-service:latest\"", "\"coder-service@sha256:0123\""})
    BOOST_TEST(unverified_of("pinned-images", with(image)).why.ends_with("which does not tell its version"));
}

BOOST_AUTO_TEST_CASE(a_masked_image_is_not_verified) {
  BOOST_TEST(unverified_of("pinned-images", with(state::Values::masked)).why ==
             "it is set, and to what can't be seen here");
}

BOOST_AUTO_TEST_SUITE_END()
