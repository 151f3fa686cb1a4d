#include "rehearsal/hooks.h"

#include <boost/test/unit_test.hpp>

#include "clients/scratch.h"
#include "clients/server.h"

using base::Json;
using rehearsal::Hook;
using state::Judgement;

namespace {

// An API server that knows ConfigMaps and Jobs, and answers every create with what a test says.
struct Fixture {
  scratch::Folder folder;
  std::string answer = Server::http(201, R"({"kind":"ConfigMap","metadata":{}})");
  Server server{(folder / "s").string(), [this](std::string const& request) {
                  if (request.starts_with("GET /api/v1 ")) return Server::http(200, R"({"resources":[{"name":"configmaps","kind":"ConfigMap","namespaced":true}]})");
                  if (request.starts_with("GET /apis/batch/v1 ")) return Server::http(200, R"({"resources":[{"name":"jobs","kind":"Job","namespaced":true}]})");
                  if (request.starts_with("PATCH ")) return Server::http(200, R"({"kind":"ConfigMap","metadata":{}})");
                  return request.starts_with("POST ") ? answer : Server::http(404, "{}");
                }};
  clients::Kubernetes api{(folder / "s").string(), ""};
  rehearsal::Questions ask{api};
  rehearsal::Played played;
  rehearsal::Scene scene{.release = "coder", .name_space = "c", .driver = "secret", .played = &played, .guards = rehearsal::guards_of(ask)};

  void is_there_already() { answer = Server::http(409, R"({"kind":"Status","code":409,"reason":"AlreadyExists","message":"already exists"})"); }
};

Hook hook(std::string const& event, std::string const& kind, std::vector<std::string> policies = {}) {
  auto const version = kind == "Job" ? "batch/v1" : "v1";
  auto all = rehearsal::parse_manifest("{apiVersion: " + std::string(version) + ", kind: " + kind + ", metadata: {name: h}}");
  return {event, std::move(policies), std::move(all.at(0))};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(hooks, Fixture)

BOOST_AUTO_TEST_CASE(a_record_tells_which_hooks_an_operation_runs_and_their_policies) {
  auto const of = [](char const* event) {
    return Json::Object{{"events", Json::Array{event}}, {"delete_policies", Json::Array{"hook-succeeded"}},
                        {"manifest", "{apiVersion: v1, kind: ConfigMap, metadata: {name: h}}"}};
  };
  auto const found = rehearsal::hooks_of(Json::Array{of("pre-upgrade"), of("post-rollback"), of("test")}, "rollback");
  BOOST_REQUIRE(found.size() == 1u);
  BOOST_TEST(found[0].event == "post-rollback");
  BOOST_TEST(found[0].has("hook-succeeded"));
  BOOST_TEST(!found[0].has("before-hook-creation"));
}

BOOST_AUTO_TEST_CASE(a_first_revision_without_a_base_is_an_installation) {
  BOOST_TEST(rehearsal::operation_of(Json::Object{{"version", 1}}, false) == "install");
  BOOST_TEST(rehearsal::operation_of(Json::Object{{"version", 4}}, false) == "upgrade");
  BOOST_TEST(rehearsal::operation_of(Json::Object{{"version", 2}}, true) == "upgrade");
}

BOOST_AUTO_TEST_CASE(each_is_tried_and_one_of_an_unknown_kind_is_not_verified) {
  auto const trials = rehearsal::hook_trials(scene, {hook("pre-upgrade", "ConfigMap"), hook("pre-upgrade", "Widget"), hook("post-upgrade", "Job")}, false, ask);
  BOOST_REQUIRE(trials.size() == 3u);
  BOOST_TEST((trials[0].verdict.judgement == Judgement::accepted));
  BOOST_TEST((trials[1].verdict.judgement == Judgement::not_verified));
  BOOST_TEST(trials[1].verdict.message == "the API server does not know its kind");
  BOOST_TEST((trials[2].verdict.judgement == Judgement::accepted));
  BOOST_TEST(trials[2].what == "the post-upgrade hook");
}

BOOST_AUTO_TEST_CASE(one_that_is_left_over_counts_by_its_policy) {
  is_there_already();
  auto const judged = [&](std::vector<std::string> policies, bool applies = false) {
    return rehearsal::hook_trials(scene, {hook("pre-upgrade", "ConfigMap", std::move(policies))}, applies, ask).at(0).verdict.judgement;
  };
  BOOST_TEST((judged({}) == Judgement::accepted));
  BOOST_TEST((judged({"before-hook-creation", "hook-succeeded"}) == Judgement::accepted));
  BOOST_TEST((judged({"hook-succeeded"}) == Judgement::rejected));
  BOOST_TEST((judged({"hook-succeeded"}, true) == Judgement::accepted));  // gone over by server-side apply
}

BOOST_AUTO_TEST_CASE(one_that_a_webhook_may_keep_from_going_is_not_sure) {
  is_there_already();
  auto const* configuration = "{metadata: {name: guards}, webhooks: [{name: guard, rules: [{operations: [DELETE], apiGroups: ['*'], resources: ['*']}]}]}";
  played.layer.put({"admissionregistration.k8s.io", "validatingwebhookconfigurations", "", "guards"}, base::parse_yaml(configuration).value(), true);
  auto const trials = rehearsal::hook_trials(scene, {hook("pre-upgrade", "ConfigMap")}, false, ask);
  BOOST_TEST((trials.at(0).verdict.judgement == Judgement::not_verified));
  BOOST_TEST(trials.at(0).verdict.message.find("guard") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_rollbacks_hook_may_meet_what_the_upgrades_hook_has_left) {
  auto const judged = [&](std::vector<std::string> policies, bool applies = false) {
    std::vector<Hook> const back = {hook("pre-rollback", "ConfigMap", std::move(policies))};
    return rehearsal::rollback_hook_trials(scene, back, {hook("pre-upgrade", "ConfigMap")}, applies, ask).at(0).verdict.judgement;
  };
  BOOST_TEST((judged({}) == Judgement::accepted));
  BOOST_TEST((judged({"hook-succeeded"}) == Judgement::not_verified));
  BOOST_TEST((judged({"hook-succeeded"}, true) == Judgement::accepted));
}

BOOST_AUTO_TEST_CASE(rights_follow_from_the_policy_and_from_what_helm_waits_for) {
  auto const rights = rehearsal::hook_rights(
      scene, {hook("pre-upgrade", "Job"), hook("pre-rollback", "ConfigMap", {"hook-failed"}), hook("pre-upgrade", "Job")}, ask);
  std::vector<std::string> found;
  for (auto const& right : rights) found.push_back(right.verb + " " + right.resource + "/" + right.name + " for " + right.needed_for);
  std::vector<std::string> const expected = {"delete jobs/h for the pre-upgrade hook", "list jobs/h for the pre-upgrade hook",
                                             "watch jobs/h for the pre-upgrade hook"};
  BOOST_TEST(found == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
