#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State with_image(state::Judgement found, std::string const& message = "", bool is_new = true, std::string const& pull_policy = "") {
  auto state = healthy();
  state::Image image{.object = {"Deployment", "apps", "coder", "coderd"}, .image = "mirror.example.com/coder:2", .is_new = is_new};
  image.found = found, image.message = message, image.pull_policy = pull_policy;
  rehearsal_of(state).images = {image};
  return state;
}

using enum state::Judgement;

}  // namespace

BOOST_AUTO_TEST_SUITE(images_there)

BOOST_AUTO_TEST_CASE(images_that_run_already_or_were_found_pass) {
  BOOST_TEST(passes("images-there", with_image(accepted)));
  BOOST_TEST(passes("images-there", with_image(not_verified, "", false)));
}

BOOST_AUTO_TEST_CASE(one_that_the_registry_does_not_have_is_forbidden) {
  auto const finding = finding_of("images-there", with_image(state::Judgement::rejected, "skopeo: manifest unknown"));
  BOOST_TEST(finding.object == "Deployment/coderd");
  BOOST_TEST(finding.message == "the registry does not have its image mirror.example.com/coder:2 (skopeo: manifest unknown)");
}

BOOST_AUTO_TEST_CASE(one_that_a_node_could_not_pull_is_forbidden_in_the_kubelets_words) {
  auto state = with_image(state::Judgement::rejected, "ErrImagePull: unauthorized");
  rehearsal_of(state).images[0].pulled = true;
  BOOST_TEST(finding_of("images-there", state).message == "a node could not pull its image mirror.example.com/coder:2 (ErrImagePull: unauthorized)");
}

BOOST_AUTO_TEST_CASE(one_that_no_pod_could_try_to_pull_is_not_verified) {
  auto state = with_image(not_verified);
  state.request.pull_images = true;
  BOOST_TEST(unverified_of("images-there", state).why == "whether mirror.example.com/coder:2 can be pulled was not looked up");
}

BOOST_AUTO_TEST_CASE(registries_that_nobody_asked_for_are_told_and_count_for_nothing) {
  auto state = with_image(not_verified);
  rehearsal_of(state).images.push_back(rehearsal_of(state).images[0]);
  auto const open = outcome_of("images-there", state);
  BOOST_TEST((open.findings.empty() && open.unverified.empty()));
  BOOST_REQUIRE(open.not_asked.size() == 1u);
  BOOST_TEST(open.not_asked[0].why == "whether mirror.example.com/coder:2 can be pulled");
  BOOST_TEST(open.not_asked[0].tell.find("--check-images") != std::string::npos);
  auto const report = checks::judge(state, {});
  BOOST_TEST(report::tally(report).not_asked == 1u);
  BOOST_TEST(report::verdict(report, true) == report::fine);
}

BOOST_AUTO_TEST_CASE(what_was_asked_for_and_not_looked_up_is_not_verified) {
  auto state = with_image(not_verified);
  state.request.check_images = true;
  BOOST_TEST(unverified_of("images-there", state).why == "whether mirror.example.com/coder:2 can be pulled was not looked up");
  BOOST_TEST(report::verdict(checks::judge(state, {}), true) == report::doubtful);
}

BOOST_AUTO_TEST_CASE(a_look_up_that_failed_is_not_verified_with_its_reason) {
  BOOST_TEST(unverified_of("images-there", with_image(not_verified, "crane: no such host")).why == "image mirror.example.com/coder:2: crane: no such host");
}

BOOST_AUTO_TEST_CASE(one_that_is_never_pulled_must_be_on_the_nodes) {
  BOOST_TEST(unverified_of("images-there", with_image(not_verified, "", true, "Never")).why.find("every node must have it") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_older_recording_that_does_not_tell_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).images.clear();
  BOOST_TEST(unverified_of("images-there", state).why == "the images of the new version were not looked at");
}

BOOST_AUTO_TEST_SUITE_END()
