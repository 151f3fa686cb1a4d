#include <boost/test/unit_test.hpp>

#include "collect/coder_answers.h"

namespace {

using clients::Answer;
using state::Told;

constexpr auto who = "Coder (test)";

Answer ok(std::string body) { return {.status = 200, .body = std::move(body)}; }

std::vector<state::Provider> providers(std::string const& body) {
  auto const seen = collect::answers::providers(ok(body), who);
  BOOST_REQUIRE(state::seen(seen));
  return std::get<state::Providers>(seen).all;
}

template <class T>
std::string why_not(state::Seen<T> const& seen) {
  BOOST_REQUIRE(!state::seen(seen));
  return std::get<state::Unknown>(seen).why;
}

std::string why_no_providers(std::string const& body) { return why_not(collect::answers::providers(ok(body), who)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(coder_answers)

BOOST_AUTO_TEST_CASE(the_version_is_read_with_and_without_a_v_and_a_build) {
  for (auto const* text : {"1.21.7", "v1.21.7", "v1.21.7+cli.2"})
    BOOST_TEST(collect::answers::version({.status = 200, .headers = {{"Coder-Version", text}}, .body = {}}) == "1.21.7");
  for (auto const* text : {"unknown", "", "one"})
    BOOST_TEST(collect::answers::version({.status = 200, .headers = {{"coder-version", text}}, .body = {}}) == "");
}

BOOST_AUTO_TEST_CASE(providers_of_1_21_tell_of_networking_v2_under_either_name) {
  auto const all = providers(R"({"kubernetes":[
    {"id":"1","name":"built-in","status":"ready","built_in":true,"enable_net_v2":true,"envproxy_access_url":"https://coder.example.com/x",
     "config":{"default_namespace":"coder","ssh_enabled":true}},
    {"name":"sydney","status":"error","error_message":"dial tcp","enable_netv2":false,"config":{}}]})");
  BOOST_REQUIRE_EQUAL(all.size(), 2u);
  BOOST_TEST((all[0] == state::Provider{.name = "built-in", .status = "ready", .trouble = "", .name_space = "coder",
                                        .access_url = "https://coder.example.com", .built_in = true, .networking_v2 = Told::yes, .ssh = Told::yes}));
  BOOST_TEST((all[1].networking_v2 == Told::no && all[1].ssh == Told::not_said && !all[1].built_in));
  BOOST_TEST(all[1].trouble == "dial tcp");
}

BOOST_AUTO_TEST_CASE(providers_of_1_16_are_a_bare_list_of_flat_objects) {
  auto const all = providers(R"([{"name":"built-in","local":true,"default_namespace":"coder","ssh_enabled":false}])");
  BOOST_REQUIRE_EQUAL(all.size(), 1u);
  BOOST_TEST((all[0].built_in && all[0].ssh == Told::no && all[0].networking_v2 == Told::not_said));
  BOOST_TEST(all[0].name_space == "coder");
}

BOOST_AUTO_TEST_CASE(providers_of_other_kinds_count_too) {
  auto const all = providers(R"({"kubernetes":[{"name":"a"}],"ec2":[{"name":"b","status":"pending"}],"more":7})");
  BOOST_REQUIRE_EQUAL(all.size(), 2u);
  BOOST_TEST(all[1].status == "pending");
}

BOOST_AUTO_TEST_CASE(fields_of_the_wrong_type_say_nothing) {
  auto const all = providers(R"({"kubernetes":[{"name":"a","status":1,"built_in":"yes","enable_net_v2":"true","config":[]}]})");
  BOOST_TEST((all.at(0) == state::Provider{.name = "a"}));
}

BOOST_AUTO_TEST_CASE(an_answer_of_another_shape_is_not_taken_for_no_providers) {
  for (auto const* body : {"{}", "7", "null", "<html>", R"({"kubernetes":{}})", R"({"kubernetes":[{}]})", R"({"kubernetes":[7]})", R"({"kubernetes":[{"name":)"})
    BOOST_TEST(why_no_providers(body) == "Coder (test) answers about workspace providers in a way that this program does not know");
  std::string many = R"({"kubernetes":[{"name":"a"})";
  for (int i = 0; i < 500; ++i) many += R"(,{"name":"a"})";
  BOOST_TEST(!why_no_providers(many + "]}").empty());
}

BOOST_AUTO_TEST_CASE(what_it_says_is_printable_short_and_without_secrets) {
  auto const all = providers(R"({"kubernetes":[{"name":"a\u001b[31m","status":")" + std::string(1000, 'x') +
                             R"(","error_message":"postgres://coder:hunter2@db/coder"}]})");
  BOOST_TEST(all.at(0).name.find('\x1b') == std::string::npos);
  BOOST_TEST(all.at(0).status.size() < 400u);
  BOOST_TEST(all.at(0).trouble == "(hidden)");
}

BOOST_AUTO_TEST_CASE(workspaces_that_must_be_rebuilt_are_counted) {
  auto const seen = collect::answers::workspaces(ok(R"([
    {"name":"ada","rebuild_messages":[{"text":"a new image","required":false},{"text":"Networking v2","required":true}]},
    {"name":"grace","rebuild_messages":[]},{"name":"alan","rebuild_messages":null},{"name":"edsger","rebuild_messages":[{"required":true}]}])"), who);
  BOOST_TEST((std::get<state::Workspaces>(seen) == state::Workspaces{.count = 4, .to_rebuild = 2, .examples = {"ada", "edsger"}, .why = "Networking v2"}));
}

BOOST_AUTO_TEST_CASE(workspaces_that_do_not_tell_are_not_taken_for_fine) {
  for (auto const* body : {R"([{"name":"ada"}])", R"({"workspaces":[]})", "", R"([{"rebuild_messages":"none"}])"})
    BOOST_TEST(why_not(collect::answers::workspaces(ok(body), who)) == "Coder (test) answers about workspaces in a way that this program does not know");
}

BOOST_AUTO_TEST_CASE(satellites_are_named) {
  auto const seen = collect::answers::satellites(ok(R"({"data":[{"id":"1","name":"sydney","fingerprint":"x"}]})"), who);
  BOOST_TEST(std::get<state::Satellites>(seen).names.at(0) == "sydney");
  BOOST_TEST(why_not(collect::answers::satellites({.status = 404, .body = "not found"}, who)) == "Coder (test) does not tell of satellites (404)");
}

BOOST_AUTO_TEST_CASE(each_trouble_is_one_sentence) {
  auto const said = [](Answer const& answer) { return collect::answers::trouble(answer, who).why; };
  BOOST_TEST(said({.body = "there was no answer within 5 s"}) == "Coder (test) can't be asked: there was no answer within 5 s");
  BOOST_TEST(said({.status = 401, .body = R"({"error":{"msg":"no"}})"}) == "Coder (test) does not take the token: it is wrong, or has expired");
  BOOST_TEST(said({.status = 403, .body = R"({"error":{"msg":"site managers only"}})"}) == "Coder (test) does not let the owner of the token see this (403, site managers only)");
  BOOST_TEST(said({.status = 502, .body = "<html>"}) == "Coder (test) answers with an error (502)");
  BOOST_TEST(said({.status = 302, .headers = {{"Location", "https://login.example.com/x?y=z"}}, .body = {}}) ==
             "Coder (test) sends us elsewhere, to https://login.example.com, where the token does not go");
  BOOST_TEST(said({.status = 200, .body = {}}) == "");
}

BOOST_AUTO_TEST_CASE(setup_mode_is_only_what_it_says_itself) {
  BOOST_TEST((collect::answers::setup_mode(ok(R"({"setup_mode":true})")) == Told::yes));
  BOOST_TEST((collect::answers::setup_mode(ok(R"({"setup_mode":false})")) == Told::no));
  for (auto const* body : {"{}", R"({"setup_mode":"true"})", "<html>"}) BOOST_TEST((collect::answers::setup_mode(ok(body)) == Told::not_said));
  BOOST_TEST((collect::answers::setup_mode({.status = 500, .body = R"({"setup_mode":true})"}) == Told::not_said));
}

BOOST_AUTO_TEST_SUITE_END()
