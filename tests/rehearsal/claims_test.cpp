#include "rehearsal/claims.h"

#include <boost/test/unit_test.hpp>

#include "clients/scratch.h"
#include "clients/server.h"

using base::Json;

namespace {

Json yaml(std::string const& text) { return base::parse_yaml(text).value(); }

// An API server with claims, and StatefulSet db before and after an upgrade.
struct Fixture {
  scratch::Folder folder;
  std::string claims = "[]";
  int status = 200;
  Server server{(folder / "s").string(), [this](std::string const& request) {
                  if (request.starts_with("GET /apis/apps/v1 ")) return Server::http(200, R"({"resources":[{"name":"statefulsets","kind":"StatefulSet","namespaced":true}]})");
                  return Server::http(status, status == 200 ? base::to_text(yaml("{items: " + claims + "}")) : R"({"message":"you may not"})");
                }};
  clients::Kubernetes api{(folder / "s").string(), ""};
  rehearsal::Questions ask{api};
  rehearsal::Played played;
  rehearsal::Scene scene{.release = "coder", .name_space = "c", .driver = "secret", .played = &played};

  static rehearsal::Rendered set(std::string const& claim, std::string const& spec) {
    return {"apps/v1", "StatefulSet", "", "db", yaml("{spec: {volumeClaimTemplates: [{metadata: {name: " + claim + "}, spec: " + spec + "}]}}")};
  }
  static std::string sized(std::string const& size, std::string const& storage_class = "") {
    return "{resources: {requests: {storage: " + size + "}}" + (storage_class.empty() ? "" : ", storageClassName: " + storage_class) + "}";
  }
  void there(std::string const& name, std::string const& spec) { claims = "[{metadata: {name: " + name + "}, spec: " + spec + "}]"; }
  std::vector<state::Claim> between(rehearsal::Rendered before, std::optional<rehearsal::Rendered> after) {
    scene.old_objects = {std::move(before)}, scene.new_objects.clear();
    if (after) scene.new_objects.push_back(std::move(*after));
    scene.new_by_key = ask.resources.by_key(scene.new_objects, "c");
    state::Rehearsal seen;
    look_at_claims(scene, ask, seen);
    BOOST_TEST(seen.claims_seen);
    return seen.claims;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(claims, Fixture)

BOOST_AUTO_TEST_CASE(a_claim_that_is_used_as_before_is_no_matter) {
  there("data-db-0", sized("1Gi", "slow"));
  BOOST_TEST(between(set("data", sized("1Gi")), set("data", sized("1024Mi"))).empty());
}

BOOST_AUTO_TEST_CASE(a_set_that_goes_and_a_template_that_is_renamed_leave_claims_behind) {
  there("data-db-0", sized("1Gi"));
  for (auto const& after : {std::optional<rehearsal::Rendered>(), std::optional(set("new", sized("1Gi")))}) {
    auto const found = between(set("data", sized("1Gi")), after);
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found[0].object.name == "data-db-0");
    BOOST_TEST(found[0].set == "StatefulSet/db");
    BOOST_TEST((found[0].field.empty() && found[0].unsure.empty()));
  }
}

BOOST_AUTO_TEST_CASE(claims_of_others_are_not_looked_at) {
  there("data-db-own", sized("1Gi"));
  BOOST_TEST(between(set("data", sized("1Gi")), {}).empty());
}

BOOST_AUTO_TEST_CASE(a_claim_keeps_its_size_and_class) {
  there("data-db-0", sized("1Gi", "slow"));
  auto const found = between(set("data", sized("1Gi", "slow")), set("data", sized("2Gi", "fast")));
  BOOST_REQUIRE(found.size() == 2u);
  BOOST_TEST((found[0].field == "size" && found[0].is == "1Gi" && found[0].wanted == "2Gi"));
  BOOST_TEST((found[1].field == "class" && found[1].is == "slow" && found[1].wanted == "fast"));
}

BOOST_AUTO_TEST_CASE(one_that_was_enlarged_already_is_no_matter) {
  there("data-db-0", sized("4Gi"));
  BOOST_TEST(between(set("data", sized("1Gi")), set("data", sized("2Gi"))).empty());
}

BOOST_AUTO_TEST_CASE(claims_that_may_not_be_listed_are_unsure) {
  status = 403;
  auto const found = between(set("data", sized("1Gi")), {});
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST(found[0].unsure.starts_with("the claims of namespace c can't be listed: "));
}

BOOST_AUTO_TEST_SUITE_END()
