#include <boost/test/unit_test.hpp>

#include <cstdlib>

#include "clients/folder.h"
#include "clients/server.h"
#include "collect/coder.h"

namespace {

using state::Unknown;

constexpr auto services = R"({"items":[{"metadata":{"name":"timescale"},"spec":{"selector":{"app":"timescale"},"ports":[{"port":5432}]}},
  {"metadata":{"name":"coderd"},"spec":{"selector":{"coder.deployment":"coderd"},"ports":[{"name":"https","port":443,"targetPort":8443},{"port":80,"targetPort":8080}]}}]})";

std::string line_of(std::string const& request) { return request.substr(0, request.find('\r')); }

// The API server, as kubectl proxy shows it, with a Coder behind its Service.
std::string coder(std::string const& request) {
  auto const line = line_of(request);
  if (line.ends_with("/services HTTP/1.1")) return Server::http(200, services);
  if (line.find("/proxy/api HTTP") != line.npos) return Server::http(200, "{}", "coder-version: v1.21.7\r\n");
  if (line.find("setup-mode") != line.npos) return Server::http(200, R"({"setup_mode":false})");
  if (line.find("resource-pools") != line.npos) return Server::http(200, R"({"kubernetes":[{"name":"built-in","status":"ready"}]})");
  if (line.find("satellites") != line.npos) return Server::http(200, R"({"data":[]})");
  return Server::http(200, "[]");
}

struct World {
  explicit World(Server::Answer answer) : server(folder.path() + "/s", std::move(answer)), api(folder.path() + "/s", "") {}

  state::Seen<state::Coder> ask(state::Seen<std::string> token = std::string("s3cret")) {
    return collect::coder({.token = std::move(token), .url = {}, .name_space = "coder", .socket = folder.path() + "/s", .prefix = {}, .kubernetes = &api});
  }
  std::string why() { return std::get<Unknown>(ask()).why; }

  clients::Folder folder;
  Server server;
  clients::Kubernetes api;
};

std::string why_no_token(std::string const& file) { return std::get<Unknown>(collect::coder_token(file)).why; }

}  // namespace

BOOST_AUTO_TEST_SUITE(coder_itself)

BOOST_AUTO_TEST_CASE(it_is_asked_through_the_port_that_speaks_http_with_get_only) {
  World world(coder);
  auto const seen = world.ask();
  BOOST_REQUIRE(state::seen(seen));
  auto const& it = std::get<state::Coder>(seen);
  BOOST_TEST(it.address == "Service coderd");
  BOOST_TEST(it.version == "1.21.7");
  BOOST_TEST((it.setup_mode == state::Told::no));
  BOOST_TEST(std::get<state::Providers>(it.providers).all.size() == 1u);
  auto const requests = world.server.requests();
  BOOST_TEST(requests.size() == 6u);
  for (auto const& request : requests) {
    BOOST_TEST(request.starts_with("GET "));
    bool const to_coder = request.find("/services/coderd:80/proxy/api") != request.npos;
    BOOST_TEST((request.find("Session-Token: s3cret") != request.npos) == to_coder);
  }
}

BOOST_AUTO_TEST_CASE(without_a_token_nobody_is_asked_anything) {
  World world(coder);
  BOOST_TEST(std::get<Unknown>(world.ask(Unknown{"no token", "Give one."})).why == "no token");
  BOOST_TEST(world.server.requests().empty());
}

BOOST_AUTO_TEST_CASE(a_coder_in_setup_mode_is_that_whatever_it_says_of_the_token) {
  World world([](auto const& request) {
    if (request.find("setup-mode") != request.npos) return Server::http(200, R"({"setup_mode":true})");
    return request.find("/proxy/") == request.npos ? coder(request) : Server::http(401, R"({"error":{"msg":"no"}})");
  });
  auto const seen = world.ask();
  BOOST_REQUIRE(state::seen(seen));
  BOOST_TEST((std::get<state::Coder>(seen).setup_mode == state::Told::yes));
  BOOST_TEST(std::get<Unknown>(std::get<state::Coder>(seen).providers).why == "Coder is not set up yet");
}

BOOST_AUTO_TEST_CASE(a_token_that_is_refused_is_one_reason_for_all) {
  World world([](auto const& request) {
    return request.find("/proxy/api/private/resource-pools") == request.npos ? coder(request) : Server::http(401, "");
  });
  BOOST_TEST(world.why() == "Coder (Service coderd) does not take the token: it is wrong, or has expired");
}

BOOST_AUTO_TEST_CASE(what_the_api_server_says_is_not_taken_for_coders_words) {
  for (auto const& [code, words] : {std::pair(403, "you may not reach Coder through the API server: "), std::pair(503, "Coder can't be reached through the API server: ")}) {
    World world([code](auto const& request) {
      if (request.find("/proxy/") == request.npos) return coder(request);
      return Server::http(code, R"({"kind":"Status","apiVersion":"v1","status":"Failure","message":"no endpoints","code":)" + std::to_string(code) + "}");
    });
    BOOST_TEST(world.why().starts_with(words), world.why());
  }
}

BOOST_AUTO_TEST_CASE(a_namespace_without_coders_service_is_one_sentence) {
  World world([](auto const&) { return Server::http(200, R"({"items":[{"metadata":{"name":"x"},"spec":{}}]})"); });
  BOOST_TEST(world.why() == "no Service of namespace coder leads to Coder over HTTP");
  World forbidden([](auto const&) { return Server::http(403, R"({"kind":"Status","message":"you may not"})"); });
  BOOST_TEST(forbidden.why() == "the Services of namespace coder can't be read: HTTP 403: you may not");
}

BOOST_AUTO_TEST_CASE(an_answer_without_end_is_cut_off) {
  World world([](auto const& request) {
    return request.find("resource-pools") == request.npos ? coder(request) : Server::http(200, std::string(9 << 20, ' '));
  });
  auto const seen = world.ask();
  BOOST_REQUIRE(state::seen(seen));
  BOOST_TEST(std::get<Unknown>(std::get<state::Coder>(seen).providers).why == "Coder (Service coderd) can't be asked: the answer is larger than 8 MiB");
}

BOOST_AUTO_TEST_CASE(a_token_comes_from_the_file_or_the_environment) {
  clients::Folder const folder;
  setenv("CODER_SESSION_TOKEN", "from-the-environment", 1);
  BOOST_TEST(std::get<std::string>(collect::coder_token("")) == "from-the-environment");
  BOOST_REQUIRE(!clients::write_file(folder.path() + "/token", "from-the-file\n"));
  BOOST_TEST(std::get<std::string>(collect::coder_token(folder.path() + "/token")) == "from-the-file");
  unsetenv("CODER_SESSION_TOKEN");
  BOOST_TEST(why_no_token("") == "no token for Coder's API was given");
}

BOOST_AUTO_TEST_CASE(what_can_be_no_token_is_refused_and_not_repeated) {
  clients::Folder const folder;
  auto const file = folder.path() + "/token";
  BOOST_TEST(why_no_token(file).starts_with("the file of --coder-token-file can't be used: can't read "));
  BOOST_REQUIRE(!clients::write_file(file, " \n"));
  BOOST_TEST(why_no_token(file) == "the file of --coder-token-file, " + file + ", is empty");
  for (auto const* text : {"hunter2\r\nX-Other: 1", "hunter2 hunter2", "hunter2\x01x"}) {
    BOOST_REQUIRE(!clients::write_file(file, text));
    BOOST_TEST(why_no_token(file).find("hunter2") == std::string::npos);
    BOOST_TEST(why_no_token(file).find("holds no token for Coder's API: it is too long") != std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()
