#include "rehearsal/images.h"

#include <boost/test/unit_test.hpp>

#include "clients/scratch.h"
#include "clients/server.h"

using base::Json;

namespace {

Json yaml(std::string const& text) { return base::parse_yaml(text).value(); }

struct Fixture {
  scratch::Folder folder;
  Server server{(folder / "s").string(), [](std::string const&) { return Server::http(200, R"({"resources":[{"name":"pods","kind":"Pod","namespaced":true}]})"); }};
  clients::Kubernetes api{(folder / "s").string(), ""};
  rehearsal::Questions ask{api};
  rehearsal::Played played;
  rehearsal::Scene scene{.release = "coder", .name_space = "c", .driver = "secret", .played = &played};

  static rehearsal::Rendered pod(std::string const& name, std::string const& spec) { return {"v1", "Pod", "", name, yaml("{kind: Pod, spec: " + spec + "}")}; }
  void runs(std::string const& name, std::string const& image) { scene.old_objects.push_back(pod(name, "{containers: [{name: a, image: '" + image + "'}]}")); }
  void comes(std::string const& name, std::string const& image) { scene.new_objects.push_back(pod(name, "{containers: [{name: a, image: '" + image + "'}]}")); }
  std::vector<state::Image> images() { return images_of(scene, {}, ask); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(images, Fixture)

BOOST_AUTO_TEST_CASE(what_runs_already_is_not_new) {
  runs("web", "mirror:5000/web:1");
  comes("other", "mirror:5000/web:1");
  BOOST_REQUIRE(images().size() == 1u);
  BOOST_TEST(!images()[0].is_new);
  BOOST_TEST(images()[0].registry_before == "");
}

BOOST_AUTO_TEST_CASE(what_really_runs_counts_and_not_what_the_manifest_says) {
  runs("web", "web:1");
  played.live[{"", "pods", "c", "web"}] = yaml("{kind: Pod, spec: {containers: [{name: a, image: 'localhost/web:2'}]}}");
  comes("web", "localhost/web:2");
  BOOST_TEST(!images()[0].is_new);
}

BOOST_AUTO_TEST_CASE(the_registry_of_the_same_container_is_what_counts) {
  runs("web", "mirror.example.com/web:1");
  runs("db", "coderenvs/db:1");
  comes("web", "coderenvs/web:2");
  BOOST_TEST(images()[0].is_new);
  BOOST_TEST(images()[0].registry_before == "mirror.example.com");
}

BOOST_AUTO_TEST_CASE(a_new_container_may_come_from_any_registry_that_is_in_use) {
  runs("web", "mirror.example.com/web:1");
  comes("new", "mirror.example.com/new:1");
  comes("newer", "newer");
  BOOST_TEST(images()[0].registry_before == "");
  BOOST_TEST(images()[1].registry_before == "mirror.example.com");
}

BOOST_AUTO_TEST_CASE(where_nothing_runs_nothing_is_another_registry) {
  comes("web", "web:1");
  BOOST_TEST(images()[0].is_new);
  BOOST_TEST(images()[0].registry_before == "");
}

BOOST_AUTO_TEST_SUITE_END()
