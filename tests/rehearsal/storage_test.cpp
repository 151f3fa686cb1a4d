#include "rehearsal/storage.h"

#include <boost/test/unit_test.hpp>

#include "clients/scratch.h"
#include "clients/server.h"

using base::Json;

namespace {

Json yaml(std::string const& text) { return base::parse_yaml(text).value(); }

// An API server with claims, classes and volumes, and an upgrade that wants more claims.
struct Fixture {
  scratch::Folder folder;
  std::string claims = "[]", classes = "[{metadata: {name: slow}}]", volumes = "[]";
  std::string forbidden = "none";  // a resource that may not be listed
  int volumes_asked = 0;
  Server server{(folder / "s").string(), [this](std::string const& request) {
                  auto const is = [&](std::string const& what) { return request.starts_with("GET ") && request.find(what + " ") != std::string::npos; };
                  if (is("/apis/apps/v1")) return Server::http(200, R"({"resources":[{"name":"statefulsets","kind":"StatefulSet","namespaced":true}]})");
                  if (is("/api/v1")) return Server::http(200, R"({"resources":[{"name":"persistentvolumeclaims","kind":"PersistentVolumeClaim","namespaced":true}]})");
                  if (is(forbidden)) return Server::http(403, R"({"kind":"Status","message":"you may not"})");
                  volumes_asked += is("/persistentvolumes");
                  auto const& items = is("/storageclasses") ? classes : is("/persistentvolumes") ? volumes : claims;
                  return Server::http(200, base::to_text(yaml("{items: " + items + "}")));
                }};
  clients::Kubernetes api{(folder / "s").string(), ""};
  rehearsal::Questions ask{api};
  rehearsal::Played played;
  rehearsal::Scene scene{.release = "coder", .name_space = "c", .driver = "secret", .played = &played};

  static std::string spec(std::string const& of_class) {
    return "{accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}" + (of_class.empty() ? "" : ", storageClassName: " + of_class) + "}";
  }
  static rehearsal::Rendered set(std::string const& of_class, int replicas = 1) {
    return {"apps/v1", "StatefulSet", "", "db", yaml("{spec: {replicas: " + std::to_string(replicas) + ", volumeClaimTemplates: [{metadata: {name: data}, spec: " + spec(of_class) + "}]}}")};
  }
  static rehearsal::Rendered claim(std::string const& of_class) { return {"v1", "PersistentVolumeClaim", "", "own", yaml("{spec: " + spec(of_class) + "}")}; }
  static std::string volume(std::string const& name, std::string const& of_class, std::string const& size = "1Gi", std::string const& more = "") {
    return "{metadata: {name: " + name + "}, spec: {storageClassName: \"" + of_class + "\", accessModes: [ReadWriteOnce], capacity: {storage: " + size + "}" + more + "}, status: {phase: Available}}";
  }
  std::vector<state::Unserved> with(rehearsal::Rendered object) {
    scene.new_objects = {std::move(object)};
    scene.new_by_key = ask.resources.by_key(scene.new_objects, "c");
    state::Rehearsal seen;
    look_at_storage(scene, ask, seen);
    BOOST_TEST(seen.storage_seen);
    return seen.unserved;
  }
  std::string why(rehearsal::Rendered object) {
    auto const found = with(std::move(object));
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found[0].unsure == "");
    return found[0].why;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(storage, Fixture)

BOOST_AUTO_TEST_CASE(a_class_that_there_is_serves_and_no_volume_is_asked_for) {
  BOOST_TEST(with(set("slow")).empty());
  BOOST_TEST(with(claim("slow")).empty());
  BOOST_TEST(volumes_asked == 0);
}

BOOST_AUTO_TEST_CASE(a_class_that_there_is_not_leaves_a_claim_without_storage) {
  auto const found = with(set("fast", 3));
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST(found[0].object.name == "data-db-0");
  BOOST_TEST(found[0].set == "StatefulSet/db");
  BOOST_TEST(found[0].why == "there is no storage class fast, and no free volume of such a class fits");
  BOOST_TEST(with(claim("fast"))[0].set == "");
}

BOOST_AUTO_TEST_CASE(without_a_class_the_default_one_serves_where_there_is_one) {
  BOOST_TEST(why(set("")) == "it names no storage class, none is the default, and no free volume without a class fits");
  for (auto const* prefix : {"storageclass", "storageclass.beta"}) {
    classes = "[{metadata: {name: slow, annotations: {" + std::string(prefix) + ".kubernetes.io/is-default-class: \"true\"}}}]";
    BOOST_TEST(with(set("")).empty());
  }
  BOOST_TEST(why(set("\"\"")) == "it wants a volume without a storage class, and none that is free fits");
}

BOOST_AUTO_TEST_CASE(claims_that_are_there_already_need_none) {
  claims = "[{metadata: {name: data-db-0}}, {metadata: {name: own}}]";
  BOOST_TEST(with(set("fast")).empty());
  BOOST_TEST(with(claim("fast")).empty());
  BOOST_TEST(with(set("fast", 2))[0].object.name == "data-db-1");
  BOOST_TEST(with(set("fast", 0)).empty());
}

BOOST_AUTO_TEST_CASE(a_free_volume_of_the_class_serves_one_claim) {
  volumes = "[" + volume("v", "fast") + "]";
  BOOST_TEST(with(set("fast")).empty());
  BOOST_TEST(with(set("fast", 2))[0].object.name == "data-db-1");
}

BOOST_AUTO_TEST_CASE(a_volume_that_is_too_small_taken_or_kept_for_another_does_not_serve) {
  auto taken = volume("v", "fast");
  taken.replace(taken.find("Available"), 9, "Bound");
  for (auto const& each : {volume("v", "fast", "512Mi"), volume("v", "other"), taken, volume("v", "fast", "1Gi", ", claimRef: {namespace: c, name: x}")}) {
    volumes = "[" + each + "]";
    BOOST_TEST(with(set("fast")).size() == 1u, each);
  }
  volumes = "[" + volume("v", "fast", "1Gi", ", claimRef: {namespace: c, name: data-db-0}") + "]";
  BOOST_TEST(with(set("fast")).empty());
}

BOOST_AUTO_TEST_CASE(a_claim_that_names_its_volume_needs_no_class) {
  auto object = claim("fast");
  object.object.set("spec").set("volumeName") = "v";
  BOOST_TEST(with(object).empty());
}

BOOST_AUTO_TEST_CASE(what_may_not_be_listed_is_unsure) {
  for (auto const& [resource, says] : {std::pair{"/storageclasses", "the storage classes can't be listed: HTTP 403: you may not"},
                                       std::pair{"/persistentvolumes", "the volumes can't be listed: HTTP 403: you may not"},
                                       std::pair{"/persistentvolumeclaims", "whether the claim is there already can't be seen"}}) {
    forbidden = resource;
    auto const found = with(set("fast"));
    BOOST_REQUIRE(found.size() == 1u);
    BOOST_TEST(found[0].unsure == says);
  }
}

BOOST_AUTO_TEST_SUITE_END()
