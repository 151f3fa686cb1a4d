#include "actions/remedies.h"

#include <boost/test/unit_test.hpp>

namespace {

using namespace actions;
using base::Json;

Json json(char const* text) { return base::parse_json(text).value(); }

state::Request request() {
  state::Request request;
  request.name_space = "coder";
  request.adopt = {"all"}, request.protect = {"all"}, request.recreate = {"all"};
  return request;
}

state::Ownership foreign(std::string kind, std::string manager = "", std::string release = "", bool exists = false) {
  state::Ownership owned{.object = {kind, "", "coder", "x"}, .manager = manager, .release = release, .release_name_space = "coder"};
  owned.release_exists = exists;
  owned.adoption.judgement = state::Judgement::accepted;
  return owned;
}

state::Write refused_change(std::string kind, std::string group, state::Cause cause = state::Cause::immutable) {
  state::Write write{.verb = "PATCH", .api_version = {}, .object = {kind, group, "coder", "x"}};
  write.verdict.judgement = state::Judgement::rejected;
  write.verdict.cause = cause;
  return write;
}

std::vector<std::string> adopted(std::vector<state::Ownership> owned) {
  state::Rehearsal rehearsal;
  rehearsal.ownership = std::move(owned);
  return choose(request(), rehearsal).adopt;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(remedies)

BOOST_AUTO_TEST_CASE(all_adopts_what_is_nobodys_or_a_dead_releases) {
  BOOST_TEST(adopted({foreign("ServiceAccount")}).size() == 1u);
  BOOST_TEST(adopted({foreign("ServiceAccount", "Helm", "gone")}).size() == 1u);
}

BOOST_AUTO_TEST_CASE(all_adopts_nothing_of_a_live_release_or_another_manager_and_nothing_that_holds_data) {
  BOOST_TEST(adopted({foreign("ServiceAccount", "Helm", "other", true)}).empty());
  BOOST_TEST(adopted({foreign("ServiceAccount", "argocd")}).empty());
  BOOST_TEST(adopted({foreign("Secret")}).empty());
  BOOST_TEST(adopted({foreign("PersistentVolumeClaim")}).empty());
}

BOOST_AUTO_TEST_CASE(all_protects_what_the_new_version_still_has_and_what_would_be_missed) {
  state::Rehearsal rehearsal;
  rehearsal.deletions.push_back({.object = {"Ingress", "extensions", "coder", "web"}, .still_written_as = "networking.k8s.io/v1"});
  rehearsal.deletions.push_back({.object = {"Secret", "", "coder", "key"}, .holds_data = true});
  rehearsal.deletions.push_back({.object = {"Service", "", "coder", "in"}, .external_address = "192.0.2.1"});
  rehearsal.deletions.push_back({.object = {"ServiceAccount", "", "coder", "old"}});
  rehearsal.deletions.push_back({.object = {"Secret", "", "coder", "kept"}, .kept = true, .holds_data = true});
  auto const names = choose(request(), rehearsal).protect;
  std::vector<std::string> const expected = {"Ingress/web", "Secret/key", "Service/in"};
  BOOST_TEST(names == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(all_recreates_what_is_immutable_and_may_be_deleted) {
  state::Rehearsal rehearsal;
  rehearsal.writes = {refused_change("StatefulSet", "apps"), refused_change("PersistentVolumeClaim", ""),
                      refused_change("Service", "", state::Cause::invalid), refused_change("Service", "example.com")};
  auto const names = choose(request(), rehearsal).recreate;
  BOOST_TEST(names.size() == 1u);
  BOOST_TEST(names.front() == "StatefulSet/x");
}

BOOST_AUTO_TEST_CASE(all_recreates_what_is_foreign_only_if_it_is_adopted) {
  state::Rehearsal rehearsal;
  rehearsal.writes = {refused_change("Service", "")};
  rehearsal.ownership = {foreign("Service")};
  BOOST_TEST(choose(request(), rehearsal).recreate.size() == 1u);
  auto asked = request();
  asked.adopt.clear();
  BOOST_TEST(choose(asked, rehearsal).recreate.empty());
}

BOOST_AUTO_TEST_CASE(names_stay_beside_all_and_come_once) {
  state::Rehearsal rehearsal;
  rehearsal.ownership = {foreign("ServiceAccount")};
  auto asked = request();
  asked.adopt = {"Secret/y", "all", "ServiceAccount/x"};
  std::vector<std::string> const expected = {"Secret/y", "ServiceAccount/x"};
  BOOST_TEST(choose(asked, rehearsal).adopt == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_object_of_a_live_release_is_never_adopted) {
  state::Rehearsal rehearsal;
  rehearsal.ownership = {foreign("ServiceAccount", "Helm", "other", true)};
  Remedy const remedy{How::adopt, {{"ServiceAccount", "", "coder", "x"}, "", "1"}, {}, {}, {}};
  BOOST_TEST(refused(remedy, request(), rehearsal) == "ServiceAccount/x can't be adopted: it belongs to release other in namespace coder, which exists.");
}

BOOST_AUTO_TEST_CASE(force_is_used_only_where_nothing_but_adopted_objects_needs_it) {
  state::Rehearsal rehearsal;
  std::vector<Remedy> const remedies = {{How::adopt, {{"ConfigMap", "", "coder", "x"}, "", "1"}, {}, {}, {}}};
  BOOST_TEST(!needs_force(remedies, rehearsal));
  rehearsal.writes = {refused_change("ConfigMap", "", state::Cause::conflict), refused_change("Service", "")};
  BOOST_TEST(needs_force(remedies, rehearsal));
  rehearsal.writes.push_back(refused_change("Deployment", "apps", state::Cause::conflict));
  BOOST_TEST(!needs_force(remedies, rehearsal));
}

BOOST_AUTO_TEST_CASE(a_claim_or_a_namespace_is_never_recreated) {
  for (auto const* kind : {"PersistentVolumeClaim", "Namespace"})
    BOOST_TEST(!refused({How::recreate, {{kind, "", "", "x"}, "", "1"}, {}, {}, {}}, request(), {}).empty());
}

BOOST_AUTO_TEST_CASE(what_a_claim_belongs_to_is_not_deleted_with_it) {
  state::Rehearsal rehearsal;
  rehearsal.writes = {refused_change("Job", "batch")};
  Remedy remedy{How::recreate, {{"Job", "batch", "coder", "x"}, "", "1"}, {}, {}, {}};
  BOOST_TEST(refused(remedy, request(), rehearsal).empty());
  remedy.dependents.push_back({{"PersistentVolumeClaim", "", "coder", "data"}, "", "2"});
  BOOST_TEST(!refused(remedy, request(), rehearsal).empty());
}

BOOST_AUTO_TEST_CASE(a_service_keeps_what_the_server_had_allocated) {
  auto const live = json(R"({"metadata":{"namespace":"coder"},"spec":{"type":"LoadBalancer","clusterIP":"10.0.0.9","clusterIPs":["10.0.0.9"],
    "externalTrafficPolicy":"Local","healthCheckNodePort":31000,"ports":[{"port":80,"protocol":"TCP","nodePort":30080}]}})");
  auto const target = json(R"({"kind":"Service","metadata":{"name":"d"},"spec":{"type":"LoadBalancer","clusterIP":"",
    "externalTrafficPolicy":"Local","ports":[{"port":80},{"port":443}]}})");
  auto const anew = service_anew(target, live, {}, request());
  auto const& spec = anew["spec"];
  BOOST_TEST(spec["clusterIP"].str() == "10.0.0.9");
  BOOST_TEST(spec["healthCheckNodePort"].number() == "31000");
  BOOST_TEST(spec["ports"].items()[0]["nodePort"].number() == "30080");
  BOOST_TEST(!spec["ports"].items()[1].has("nodePort"));
  BOOST_TEST(anew["metadata"]["labels"]["app.kubernetes.io/managed-by"].str() == "Helm");
  BOOST_TEST(anew["metadata"]["annotations"]["meta.helm.sh/release-name"].str() == "coder");
  BOOST_TEST(!anew["metadata"]["annotations"].has("helm.sh/resource-policy"));
}

BOOST_AUTO_TEST_CASE(a_service_takes_the_address_that_the_chart_asks_for) {
  auto const live = json(R"({"spec":{"clusterIP":"10.0.0.9","clusterIPs":["10.0.0.9"]}})");
  for (auto const* target : {R"({"spec":{"clusterIP":"None"}})", R"({"spec":{"clusterIP":"10.0.0.7"}})"}) {
    auto const anew = service_anew(json(target), live, {}, request());
    BOOST_TEST(anew["spec"]["clusterIP"].str() == json(target)["spec"]["clusterIP"].str());
    BOOST_TEST(!anew["spec"].has("clusterIPs"));
  }
}

BOOST_AUTO_TEST_CASE(a_service_keeps_no_address_that_the_old_version_had_asked_for) {
  auto const live = json(R"({"spec":{"clusterIP":"10.0.0.9","clusterIPs":["10.0.0.9"]}})");
  auto const anew = service_anew(json(R"({"spec":{}})"), live, json(R"({"spec":{"clusterIP":"10.0.0.9"}})"), request());
  BOOST_TEST(!anew["spec"].has("clusterIP"));
}

BOOST_AUTO_TEST_SUITE_END()
