#include "collect/images.h"

#include <boost/test/unit_test.hpp>

#include "clients/scratch.h"

namespace {

using state::Judgement;

// A tool of this name, alone in PATH beside a shell.
struct Fixture {
  scratch::Folder folder;
  std::vector<state::Image> images{{.object = {"Deployment", "apps", "c", "web"}, .image = "mirror.example.com/web:2", .is_new = true}};

  void look_up(std::string const& tool, std::string const& script, std::chrono::seconds limit = std::chrono::minutes(1)) {
    if (!tool.empty()) scratch::script(folder / tool, "echo \"$*\" >>" + folder.path() + "/asked\n" + script);
    scratch::Variable const path("PATH", folder.path());
    collect::look_up(images, limit);
  }
  std::string asked() const { return scratch::text_of(folder / "asked"); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(images, Fixture)

BOOST_AUTO_TEST_CASE(an_image_that_is_there_is_found_and_asked_for_once) {
  images.push_back(images[0]);
  images.push_back({.object = images[0].object, .image = "runs.example.com/web:1"});
  look_up("skopeo", "exit 0");
  BOOST_TEST((images[0].found == Judgement::accepted && images[1].found == Judgement::accepted));
  BOOST_TEST((images[2].found == Judgement::not_verified));
  BOOST_TEST(asked() == "inspect --raw docker://mirror.example.com/web:2\n");
}

BOOST_AUTO_TEST_CASE(one_that_the_registry_does_not_know_is_rejected) {
  look_up("docker", "echo 'no such manifest: web:2' >&2; exit 1");
  BOOST_TEST((images[0].found == Judgement::rejected));
  BOOST_TEST(images[0].message == "docker: no such manifest: web:2");
  BOOST_TEST(asked() == "manifest inspect mirror.example.com/web:2\n");
}

BOOST_AUTO_TEST_CASE(any_other_trouble_proves_nothing) {
  look_up("crane", "echo 'Error: UNAUTHORIZED: authentication required' >&2; exit 1");
  BOOST_TEST((images[0].found == Judgement::not_verified));
  BOOST_TEST(images[0].message == "crane: Error: UNAUTHORIZED: authentication required");
  BOOST_TEST(asked() == "manifest mirror.example.com/web:2\n");
}

BOOST_AUTO_TEST_CASE(without_a_tool_nothing_is_verified) {
  look_up("", "");
  BOOST_TEST(images[0].message == "none of skopeo, crane and docker is in PATH to look it up with");
}

BOOST_AUTO_TEST_CASE(more_images_than_there_is_time_for_are_left_unverified) {
  for (int i = 0; i < 8; ++i) images.push_back({.object = images[0].object, .image = "mirror.example.com/more:" + std::to_string(i), .is_new = true});
  look_up("crane", "exit 0", std::chrono::seconds(0));
  BOOST_TEST((images[7].found == Judgement::accepted));
  BOOST_TEST((images[8].found == Judgement::not_verified));
  BOOST_TEST(images[8].message == "there was no time left for it: the others took 0 s");
  BOOST_TEST(asked().find("more:7") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_name_is_never_taken_for_a_flag) {
  images[0].image = "--help";
  look_up("crane", "exit 0");
  BOOST_TEST((images[0].found == Judgement::not_verified));
  BOOST_TEST(asked() == "");
}

BOOST_AUTO_TEST_SUITE_END()
