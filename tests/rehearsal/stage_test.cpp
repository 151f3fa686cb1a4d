#include "rehearsal/stage.h"

#include <algorithm>

#include "clients/record.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_future.hpp>
#include <boost/test/unit_test.hpp>

using namespace rehearsal;

namespace {

// Answers as told and remembers what it was asked.
class RecordingUpstream : public Upstream {
 public:
  asio::awaitable<Reply> ask(Ask ask) override {
    asked.push_back(ask.method + " " + ask.target);
    bodies.push_back(ask.body);
    auto const found = answers.find(ask.method + " " + ask.target);
    co_return found == answers.end() ? status_reply(404, "NotFound", "not found") : found->second;
  }
  void answer(std::string request, std::string body, int status = 200) { answers[request] = {status, "application/json", body, {}}; }

  std::map<std::string, Reply> answers;
  std::vector<std::string> asked, bodies;
};

struct Fixture {
  Reply play(Ask ask) {
    auto reply = asio::co_spawn(context, stage.play(std::move(ask)), asio::use_future);
    context.restart();
    context.run();
    return reply.get();
  }
  Reply get(std::string target) { return play({"GET", target, "", "", "application/json"}); }
  Played played() { return stage.take(); }

  asio::io_context context{1};
  RecordingUpstream upstream;
  Stage stage{upstream, {.release = "coder", .name_space = "c"}, {}};
};

struct FaithfulFixture : Fixture {
  FaithfulFixture() : faithful{upstream, {.answering = Answering::faithful}, {}} {}
  Reply play(Ask ask) {
    auto reply = asio::co_spawn(context, faithful.play(std::move(ask)), asio::use_future);
    context.restart();
    context.run();
    return reply.get();
  }
  Stage faithful;
};

constexpr char const* services = "/api/v1/namespaces/c/services";
constexpr char const* live_service = R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"d","namespace":"c"},"spec":{"a":1}})";

Ask patch(std::string target, std::string body = "{}") { return {"PATCH", target, body, "application/strategic-merge-patch+json", "application/json"}; }

}  // namespace

BOOST_AUTO_TEST_SUITE(stage)

BOOST_FIXTURE_TEST_CASE(a_write_leaves_only_as_a_dry_run_and_a_delete_never, Fixture) {
  upstream.answer(std::string("GET ") + services + "/d", live_service);
  play(patch(std::string(services) + "/d?fieldManager=helm&dryRun="));
  play({"POST", services, R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"n"}})", "application/json", ""});
  play({"PUT", std::string(services) + "/d", live_service, "application/json", ""});
  play({"DELETE", std::string(services) + "/d?propagationPolicy=Background", R"({"kind":"DeleteOptions","dryRun":[]})", "application/json", ""});
  play({"DELETE", services, "", "", ""});
  for (auto const& asked : upstream.asked) {
    BOOST_TEST(!asked.starts_with("DELETE"), asked);
    if (!asked.starts_with("GET")) BOOST_TEST(asked.find("?dryRun=All") != std::string::npos, asked);
    BOOST_TEST(asked.find("dryRun=&") == std::string::npos, asked);
  }
  BOOST_TEST(upstream.asked.size() >= 4u);
}

BOOST_FIXTURE_TEST_CASE(collecting_a_rejected_patch_looks_like_success_and_is_on_record, Fixture) {
  upstream.answer(std::string("GET ") + services + "/d", live_service);
  upstream.answer(std::string("PATCH ") + services + "/d?dryRun=All", R"({"kind":"Status","code":422,"reason":"Invalid","message":"no"})", 422);
  BOOST_TEST(play(patch(std::string(services) + "/d")).status == 200);
  auto const all = played();
  BOOST_REQUIRE(all.writes.size() == 1u);
  BOOST_TEST(all.writes[0].reply.status == 422);
  BOOST_TEST(!all.writes[0].creates);
}

BOOST_FIXTURE_TEST_CASE(faithfully_a_rejected_patch_is_told_and_changes_nothing, FaithfulFixture) {
  upstream.answer(std::string("GET ") + services + "/d", live_service);
  upstream.answer(std::string("PATCH ") + services + "/d?dryRun=All", R"({"kind":"Status","code":422,"reason":"Invalid","message":"no"})", 422);
  BOOST_TEST(play(patch(std::string(services) + "/d")).status == 422);
  BOOST_TEST(faithful.take().layer.entries().size() == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_later_read_sees_what_the_api_server_made_of_a_write, Fixture) {
  upstream.answer(std::string("GET ") + services + "/d", live_service);
  upstream.answer(std::string("PATCH ") + services + "/d?dryRun=All", R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"d"},"spec":{"a":2}})");
  play(patch(std::string(services) + "/d"));
  BOOST_TEST(base::parse_json(get(std::string(services) + "/d").body).value()["spec"]["a"].int_or(0) == 2);
}

BOOST_FIXTURE_TEST_CASE(a_deleted_object_is_gone_and_its_new_self_is_tried_under_another_name, Fixture) {
  upstream.answer(std::string("GET ") + services + "/d", live_service);
  BOOST_TEST(play({"DELETE", std::string(services) + "/d", "", "", ""}).status == 200);
  BOOST_TEST(get(std::string(services) + "/d").status == 404);
  BOOST_TEST(play({"DELETE", std::string(services) + "/d", "", "", ""}).status == 404);
  play({"POST", services, R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"d"},"spec":{"clusterIP":"10.0.0.1","ports":[{"port":1,"nodePort":2}]}})",
        "application/json", ""});
  auto const body = base::parse_json(upstream.bodies.back()).value();
  BOOST_TEST(body["metadata"]["name"].str() == "d-rehearsed");
  BOOST_TEST(!body["spec"].has("clusterIP"));
  BOOST_TEST(!body["spec"]["ports"].items()[0].has("nodePort"));
  BOOST_TEST(get(std::string(services) + "/d").ok());
}

BOOST_FIXTURE_TEST_CASE(an_object_written_under_one_group_is_read_changed_under_the_other, Fixture) {
  auto const old_path = "/apis/extensions/v1beta1/namespaces/c/ingresses/w";
  auto const new_path = "/apis/networking.k8s.io/v1/namespaces/c/ingresses/w";
  upstream.answer(std::string("GET ") + old_path, R"({"apiVersion":"extensions/v1beta1","kind":"Ingress","metadata":{"name":"w"},"spec":{"old":1}})");
  upstream.answer(std::string("GET ") + new_path, R"({"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"w"},"spec":{"new":1}})");
  upstream.answer(std::string("PATCH ") + new_path + "?dryRun=All",
                  R"({"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"w","annotations":{"helm.sh/resource-policy":"keep"}}})");
  play(patch(new_path));
  auto const seen = base::parse_json(get(old_path).body).value();
  BOOST_TEST(seen["apiVersion"].str() == "extensions/v1beta1");
  BOOST_TEST(seen["metadata"]["annotations"]["helm.sh/resource-policy"].str() == "keep");
  play({"DELETE", old_path, "", "", ""});
  BOOST_TEST(get(new_path).status == 404);
}

BOOST_FIXTURE_TEST_CASE(an_aggregated_api_is_never_asked, Fixture) {
  auto const path = "/apis/metrics.example.com/v1/namespaces/c/things";
  upstream.answer("GET /apis/apiregistration.k8s.io/v1/apiservices/v1.metrics.example.com",
                  R"({"kind":"APIService","spec":{"service":{"name":"s","namespace":"n"}}})");
  BOOST_TEST(play({"POST", path, R"({"metadata":{"name":"t"}})", "application/json", ""}).status == 201);
  for (auto const& asked : upstream.asked) BOOST_TEST(!asked.starts_with("POST"), asked);
  auto const all = played();
  BOOST_REQUIRE(all.writes.size() == 1u);
  BOOST_TEST(all.writes[0].not_asked.find("aggregated") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_custom_resource_of_the_api_server_itself_is_asked, Fixture) {
  auto const path = "/apis/example.com/v1/namespaces/c/things";
  upstream.answer("GET /apis/apiregistration.k8s.io/v1/apiservices/v1.example.com", R"({"kind":"APIService","spec":{}})");
  play({"POST", path, R"({"metadata":{"name":"t"}})", "application/json", ""});
  BOOST_TEST(upstream.asked.back() == std::string("POST ") + path + "?dryRun=All");
}

BOOST_FIXTURE_TEST_CASE(what_exists_already_is_a_conflict_and_what_is_refused_is_on_record, Fixture) {
  auto const body = R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"n"}})";
  BOOST_TEST(play({"POST", services, body, "application/json", ""}).status == 201);
  BOOST_TEST(play({"POST", services, body, "application/json", ""}).status == 409);
  BOOST_TEST(get("/api/v1/namespaces/c/pods/p/log").status == 405);
  BOOST_TEST(get(std::string(services) + "?watch=true").status == 405);
  BOOST_TEST(played().refused.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(the_record_that_exists_only_here_is_validated_as_a_create, Fixture) {
  auto const secrets = "/api/v1/namespaces/c/secrets";
  auto const record = R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"sh.helm.release.v1.coder.v2"}})";
  play({"POST", secrets, record, "application/json", ""});
  play({"PUT", std::string(secrets) + "/sh.helm.release.v1.coder.v2", record, "application/json", ""});
  BOOST_TEST(upstream.asked.back() == std::string("POST ") + secrets + "?dryRun=All");
}

BOOST_AUTO_TEST_CASE(where_only_the_rendering_is_wanted_helm_stops_at_its_record_and_nothing_is_judged) {
  asio::io_context context{1};
  RecordingUpstream upstream;
  Stage stage(upstream, {.only_renders = true}, {});
  auto const* record = R"({"apiVersion":"v1","kind":"Secret","metadata":{"name":"sh.helm.release.v1.coder.v2"},"type":"helm.sh/release.v1"})";
  Ask ask{"POST", "/api/v1/namespaces/c/secrets", record, "application/json", ""};
  auto reply = asio::co_spawn(context, stage.play(std::move(ask)), asio::use_future);
  context.run();
  BOOST_TEST(reply.get().status == 403);
  BOOST_TEST(upstream.asked.empty());
  auto const played = stage.take();
  BOOST_TEST(played.layer.find(parse_target("/api/v1/namespaces/c/secrets/sh.helm.release.v1.coder.v2").key())->object.has_value());
}

BOOST_AUTO_TEST_CASE(marks_of_a_remedy_outlive_a_patch_that_does_not_know_of_them) {
  asio::io_context context{1};
  RecordingUpstream upstream;
  auto const key = parse_target(std::string(services) + "/d").key();
  upstream.answer(std::string("PATCH ") + services + "/d?dryRun=All", live_service);
  for (bool const taken_off : {false, true}) {
    auto kept = base::parse_json(live_service).value();
    kept.set("metadata").set("annotations").set("helm.sh/resource-policy") = "keep";
    Layer layer;
    layer.put(key, kept, true);
    Stage stage(upstream, {.answering = Answering::faithful}, layer);
    auto const* body = taken_off ? R"({"metadata":{"annotations":{"helm.sh/resource-policy":null}}})" : R"({"spec":{"a":2}})";
    auto reply = asio::co_spawn(context, stage.play(patch(std::string(services) + "/d", body)), asio::use_future);
    context.restart();
    context.run();
    reply.get();
    auto const played = stage.take();
    BOOST_TEST((*played.layer.find(key)->object)["metadata"]["annotations"].has("helm.sh/resource-policy") == !taken_off);
  }
}

BOOST_FIXTURE_TEST_CASE(a_second_patch_is_not_certain_and_one_that_only_meets_a_remedys_mark_is, Fixture) {
  upstream.answer(std::string("GET ") + services + "/d", live_service);
  upstream.answer(std::string("PATCH ") + services + "/d?dryRun=All", live_service);
  play(patch(std::string(services) + "/d", R"({"spec":{"a":2}})"));
  play(patch(std::string(services) + "/d", R"({"spec":{"a":1}})"));
  auto const writes = played().writes;
  BOOST_REQUIRE(writes.size() == 2u);
  BOOST_TEST(writes[0].doubt == "");
  BOOST_TEST(writes[1].doubt.find("writes it twice") != std::string::npos);
  BOOST_TEST(writes[1].refusal_doubt == writes[1].doubt);

  Layer layer;
  layer.put({"", "services", "c", "d"}, base::parse_json(live_service).value(), true);
  Stage after_a_remedy(upstream, {.release = "coder", .name_space = "c"}, std::move(layer));
  auto reply = asio::co_spawn(context, after_a_remedy.play(patch(std::string(services) + "/d")), asio::use_future);
  context.restart();
  context.run();
  BOOST_TEST(reply.get().ok());
  BOOST_TEST(after_a_remedy.take().writes.at(0).doubt == "");
}

BOOST_FIXTURE_TEST_CASE(a_second_apply_of_a_new_object_is_not_certain_since_it_is_judged_as_new, FaithfulFixture) {
  auto const target = std::string(services) + "/new";
  upstream.answer("PATCH " + target + "?dryRun=All", R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"new"}})");
  for (int i = 0; i < 2; ++i) play({"PATCH", target, "{}", "application/apply-patch+yaml", ""});
  auto const writes = faithful.take().writes;
  BOOST_REQUIRE(writes.size() == 2u);
  BOOST_TEST(writes[0].doubt == "");
  BOOST_TEST(writes[1].doubt.find("judged as a new one") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_second_put_or_apply_of_a_live_object_is_not_certain, FaithfulFixture) {
  auto const target = std::string(services) + "/d";
  upstream.answer("GET " + target, live_service);
  for (std::string const method : {"PUT", "PATCH"}) {
    upstream.answer(method + " " + target + "?dryRun=All", live_service);
    play({method, target, live_service, method == "PUT" ? "application/json" : "application/apply-patch+yaml", ""});
  }
  auto const writes = faithful.take().writes;
  BOOST_REQUIRE(writes.size() == 2u);
  BOOST_TEST(writes[0].doubt == "");
  BOOST_TEST(writes[1].doubt.find("writes it twice") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(where_ownership_is_only_shown_what_becomes_of_the_object_has_the_marks) {
  asio::io_context context{1};
  RecordingUpstream upstream;
  upstream.answer(std::string("GET ") + services + "/d", live_service);
  upstream.answer(std::string("PATCH ") + services + "/d?dryRun=All", live_service);
  Stage stage(upstream, {.answering = Answering::faithful, .show_ownership = true, .release = "coder", .name_space = "c"}, {});
  auto reply = asio::co_spawn(context, stage.play(patch(std::string(services) + "/d")), asio::use_future);
  context.run();
  BOOST_TEST(reply.get().status == 200);
  BOOST_TEST(stage.take().writes.at(0).after["metadata"]["annotations"]["meta.helm.sh/release-name"].str() == "coder");
}

BOOST_AUTO_TEST_CASE(what_a_remedy_makes_anew_is_tried_as_a_new_object_and_never_against_the_old_one) {
  asio::io_context context{1};
  RecordingUpstream upstream;
  Layer layer;
  layer.remake(parse_target(std::string(services) + "/d").key(), base::parse_json(live_service).value());
  Stage stage(upstream, {}, layer);
  auto const play = [&](Ask ask) {
    auto reply = asio::co_spawn(context, stage.play(std::move(ask)), asio::use_future);
    context.restart();
    context.run();
    return reply.get();
  };
  Ask apply = patch(std::string(services) + "/d", live_service);
  apply.content_type = "application/apply-patch+yaml";
  BOOST_TEST(play(patch(std::string(services) + "/d")).status == 200);
  play(apply);
  auto const played = stage.take();
  BOOST_TEST(!played.writes[0].not_asked.empty());
  BOOST_TEST(!played.writes[0].on_changed);
  BOOST_TEST(played.writes[1].renamed);
  for (auto const& asked : upstream.asked) BOOST_TEST(!asked.starts_with(std::string("PATCH ") + services + "/d?"), asked);
  BOOST_TEST(played.layer.find(parse_target(std::string(services) + "/d").key())->remade);
}

BOOST_FIXTURE_TEST_CASE(requests_wait_until_the_curtain_is_raised, Fixture) {
  Stage waiting(upstream, {});
  upstream.answer(std::string("GET ") + services + "/d", live_service);
  auto reply = asio::co_spawn(context, waiting.play({"GET", std::string(services) + "/d", "", "", ""}), asio::use_future);
  context.run_for(std::chrono::milliseconds(20));
  BOOST_TEST(upstream.asked.empty());
  Layer layer;
  layer.put({"", "services", "c", "d"}, base::parse_json(R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"d"},"spec":{"a":7}})").value(), true);
  waiting.raise_curtain(std::move(layer));
  context.restart();
  context.run();
  BOOST_TEST(base::parse_json(reply.get().body).value()["spec"]["a"].int_or(0) == 7);
}

namespace {

std::string record_metadata(int revision, std::string const& status) {
  auto const number = std::to_string(revision);
  return R"({"metadata":{"name":"sh.helm.release.v1.coder.v)" + number + R"(","namespace":"c","labels":{"name":"coder","owner":"helm","status":")" + status +
         R"(","version":")" + number + R"("}}})";
}

}  // namespace

BOOST_FIXTURE_TEST_CASE(of_a_long_history_helm_is_shown_what_it_looks_into, Fixture) {
  auto const list = "/api/v1/namespaces/c/secrets?labelSelector=name%3Dcoder%2Cowner%3Dhelm";
  upstream.answer(std::string("GET ") + list, R"({"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","items":[)" + record_metadata(9, "superseded") + "," +
                                                  record_metadata(10, "deployed") + "," + record_metadata(11, "failed") + "]}");
  for (auto const* name : {"v10", "v11"})
    upstream.answer(std::string("GET /api/v1/namespaces/c/secrets/sh.helm.release.v1.coder.") + name,
                    std::string(R"({"kind":"Secret","apiVersion":"v1","metadata":{"name":"sh.helm.release.v1.coder.)") + name + R"("},"data":{"release":"whole"}})");
  auto const answer = base::parse_json(get(list).body).value();
  BOOST_TEST(answer["kind"].str() == "SecretList");
  auto const& items = answer["items"].items();
  BOOST_REQUIRE(items.size() == 3u);
  auto const outline = clients::decode_record(items[0], nullptr).value();
  BOOST_TEST(outline["version"].int_or(0) == 9);
  BOOST_TEST(outline["info"]["status"].str() == "superseded");
  BOOST_TEST(items[1]["data"]["release"].str() == "whole");
  BOOST_TEST(items[2]["data"]["release"].str() == "whole");
  BOOST_TEST(upstream.asked.size() == 3u);
  // Before Helm deletes an old one, it reads it.
  BOOST_TEST(bool(base::parse_json(get("/api/v1/namespaces/c/secrets/sh.helm.release.v1.coder.v9").body).value() == items[0]));
  BOOST_TEST(upstream.asked.size() == 3u);
}

BOOST_FIXTURE_TEST_CASE(one_list_of_records_answers_for_every_status, Fixture) {
  upstream.answer("GET /api/v1/namespaces/c/secrets?labelSelector=name%3Dcoder%2Cowner%3Dhelm",
                  R"({"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","items":[)" + record_metadata(1, "superseded") + "," + record_metadata(2, "deployed") + "]}");
  auto const answer = base::parse_json(get("/api/v1/namespaces/c/secrets?labelSelector=name%3Dcoder%2Cowner%3Dhelm%2Cstatus%3Ddeployed").body).value();
  BOOST_REQUIRE(answer["items"].items().size() == 1u);
  BOOST_TEST(answer["items"].items()[0]["metadata"]["name"].str() == "sh.helm.release.v1.coder.v2");
}

BOOST_FIXTURE_TEST_CASE(a_record_that_helm_prunes_is_not_read_again, Fixture) {
  BOOST_TEST(play({"DELETE", "/api/v1/namespaces/c/secrets/sh.helm.release.v1.coder.v1", "", "", ""}).ok());
  BOOST_TEST(upstream.asked.empty());
  BOOST_TEST(get("/api/v1/namespaces/c/secrets/sh.helm.release.v1.coder.v1").status == 404);
}

BOOST_FIXTURE_TEST_CASE(an_object_that_has_moved_on_since_it_was_read_is_no_conflict, Fixture) {
  auto const versioned = [](char const* version) {
    return std::string(R"({"apiVersion":"v1","kind":"Service","metadata":{"name":"d","resourceVersion":")") + version + R"("}})";
  };
  upstream.answer(std::string("GET ") + services + "/d", versioned("7"));
  upstream.answer(std::string("PUT ") + services + "/d?dryRun=All", R"({"kind":"Status","code":409,"reason":"Conflict","message":"the object has been modified"})", 409);
  get(std::string(services) + "/d");
  play({"PUT", std::string(services) + "/d", versioned("7"), "application/json", ""});
  BOOST_TEST(upstream.bodies.back() == versioned("7"));
  auto const puts = std::count_if(upstream.asked.begin(), upstream.asked.end(), [](auto const& asked) { return asked.starts_with("PUT"); });
  BOOST_TEST(puts == 2);
}

BOOST_AUTO_TEST_SUITE_END()
