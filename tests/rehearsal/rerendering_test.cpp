#include "rehearsal/rerendering.h"

#include <boost/test/unit_test.hpp>

#include "clients/scratch.h"
#include "clients/server.h"

using base::Json;

namespace {

// An API server that knows Secrets and Deployments.
struct Fixture {
  scratch::Folder folder;
  Server server{(folder / "s").string(), [](auto const& request) {
                  if (request.starts_with("GET /api/v1 "))
                    return Server::http(200, R"({"resources":[{"name":"secrets","kind":"Secret","namespaced":true}]})");
                  if (request.starts_with("GET /apis/apps/v1 "))
                    return Server::http(200, R"({"resources":[{"name":"deployments","kind":"Deployment","namespaced":true}]})");
                  return Server::http(404, "{}");
                }};
  clients::Kubernetes api{(folder / "s").string(), ""};
  rehearsal::Resources resources{api};
  rehearsal::Played played;
  rehearsal::Scene scene{.release = "coder", .name_space = "c", .driver = "secret", .played = &played};

  static Json record(std::string manifest, Json hooks = nullptr) {
    return Json::Object{{"version", 2}, {"manifest", std::move(manifest)}, {"hooks", std::move(hooks)}};
  }
  std::vector<state::Unsteady> between(Json const& first, Json const& second) {
    scene.old_objects = rehearsal::parse_manifest("{apiVersion: v1, kind: Secret, metadata: {name: old}}");
    scene.new_objects = rehearsal::parse_manifest(first["manifest"].str());
    return unsteady_between(scene, first, second, resources);
  }
  std::vector<state::Unsteady> between(std::string const& first, std::string const& second) { return between(record(first), record(second)); }
};

std::string secret(std::string const& password, std::string const& name = "s") {
  return "apiVersion: v1\nkind: Secret\nmetadata: {name: " + name + "}\nstringData: {password: " + password + "}\n---\n";
}

std::string deployment(std::string const& replicas, std::string const& image) {
  return "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {replicas: " + replicas +
         ", template: {spec: {containers: [{name: main, image: " + image + "}]}}}\n";
}

Json hook(std::string const& event, std::string manifest) {
  return Json::Object{{"events", Json::Array{event}}, {"delete_policies", Json::Array{"hook-succeeded"}}, {"manifest", std::move(manifest)}};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(rerendering, Fixture)

BOOST_AUTO_TEST_CASE(the_same_twice_is_nothing_whatever_the_order) {
  BOOST_TEST(between(secret("a") + deployment("1", "x"), deployment("1", "x") + "---\n" + secret("a")).empty());
}

BOOST_AUTO_TEST_CASE(a_field_that_differs_is_named_and_its_values_are_not_kept) {
  auto const found = between(secret("first"), secret("second"));
  BOOST_REQUIRE(found.size() == 1u);
  state::Unsteady const expected{.object = {"Secret", "", "c", "s"}, .fields = {"stringData.password"}};
  BOOST_TEST((found[0] == expected));
}

BOOST_AUTO_TEST_CASE(pods_restart_only_where_their_template_differs) {
  BOOST_TEST(between(deployment("1", "x"), deployment("1", "y")).at(0).restarts);
  BOOST_TEST(!between(deployment("1", "x"), deployment("2", "x")).at(0).restarts);
}

BOOST_AUTO_TEST_CASE(an_object_under_another_name_each_time_is_told_of_once) {
  auto const found = between(secret("a", "s-1"), secret("a", "s-2"));
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST(found[0].object.name == "s-1");
  BOOST_TEST(found[0].fields.empty());
  BOOST_TEST(between("", secret("a")).at(0).object.name == "s");
}

BOOST_AUTO_TEST_CASE(what_the_upgrade_creates_is_marked) {
  rehearsal::Recorded write{.method = "POST", .target = rehearsal::parse_target("/api/v1/namespaces/c/secrets/s"), .creates = true};
  played.writes.push_back(std::move(write));
  BOOST_TEST(between(secret("a"), secret("b")).at(0).creates);
}

BOOST_AUTO_TEST_CASE(many_fields_are_counted) {
  auto const many = [](char const* value) {
    std::string text = "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata:\n";
    for (auto const* key : {"a", "b", "c", "d", "e", "f", "g"}) text += std::string("  ") + key + ": " + value + "\n";
    return text;
  };
  auto const found = between(many("x"), many("y"));
  BOOST_TEST(found.at(0).fields.size() == 5u);
  BOOST_TEST(found.at(0).more == 2);
}

BOOST_AUTO_TEST_CASE(only_hooks_that_the_upgrade_runs_are_compared) {
  auto const with = [](std::string const& event, std::string const& password) { return record("", Json::Array{hook(event, secret(password))}); };
  auto const found = between(with("pre-upgrade", "a"), with("pre-upgrade", "b"));
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST(found[0].hook);
  BOOST_TEST(between(with("test", "a"), with("test", "b")).empty());
}

BOOST_AUTO_TEST_SUITE_END()
