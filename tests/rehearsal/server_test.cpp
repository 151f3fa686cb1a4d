#include "rehearsal/server.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>

#include <boost/test/unit_test.hpp>

#include "clients/folder.h"
#include "clients/server.h"

namespace {

using rehearsal::Direction;

// A rehearsal's server in front of an API server that answers as told.
struct Fixture {
  explicit Fixture(Server::Answer answer) : api(socket, std::move(answer)) {}
  Fixture() : Fixture([](auto& request) { return Server::http(200, R"({"asked":")" + request.substr(0, request.find(" HTTP")) + "\"}"); }) {}

  clients::Folder folder;
  std::string socket = folder.path() + "/s";
  Server api;
  rehearsal::Server server{socket, ""};
  std::string url = server.open(Direction{});
  std::string token = url.substr(url.rfind('/'));

  void raise() { server.raise_curtain(url, {}); }

  int connect() const {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    auto const colon = url.rfind(':');
    address.sin_port = htons(static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1))));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int const fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    timeval const limit{20, 0};
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    BOOST_REQUIRE(::connect(fd, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0);
    return fd;
  }

  // All that comes for these bytes until the connection is closed, or as many bytes as are wanted.
  std::string answer_to(std::string const& bytes, std::size_t wanted = std::string::npos) const {
    int const fd = connect();
    send(fd, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    std::string all;
    char part[4096];
    while (all.size() < wanted) {
      auto const size = recv(fd, part, sizeof part, 0);
      if (size <= 0) break;
      all.append(part, static_cast<std::size_t>(size));
    }
    close(fd);
    return all;
  }

  std::string get(std::string const& target, std::string const& more = "Connection: close\r\n") const {
    return answer_to("GET " + target + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n");
  }
};

bool contains(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_AUTO_TEST_SUITE(server)

BOOST_FIXTURE_TEST_CASE(who_has_the_token_is_answered, Fixture) {
  raise();
  BOOST_TEST(contains(get(token + "/version"), "GET /version"));
}

BOOST_FIXTURE_TEST_CASE(a_stranger_gets_404_and_is_shown_out_before_its_body_is_read, Fixture) {
  raise();
  auto other = token;
  other.back() = other.back() == '0' ? '1' : '0';
  auto const expected = get("/");
  BOOST_TEST(contains(expected, "404"));
  for (auto const& target : {other + "/version", token.substr(0, 20), std::string("/version"), std::string("*")})
    BOOST_TEST(get(target, "Connection: keep-alive\r\nContent-Length: 1000000000\r\n") == expected);
}

BOOST_FIXTURE_TEST_CASE(strangers_do_not_keep_helm_out, Fixture) {
  raise();
  std::vector<int> held;
  for (int i = 0; i < 300; ++i) held.push_back(connect());
  BOOST_TEST(contains(get(token + "/version"), "GET /version"));
  for (int const fd : held) close(fd);
}

BOOST_FIXTURE_TEST_CASE(who_is_known_may_stay_while_strangers_come, Fixture) {
  raise();
  int const known = connect();
  auto const request = "GET " + token + "/version HTTP/1.1\r\nHost: x\r\n\r\n";
  char part[4096];
  for (int round = 0; round < 3; ++round) {
    BOOST_TEST(send(known, request.data(), request.size(), MSG_NOSIGNAL) == std::ssize(request));
    BOOST_TEST(recv(known, part, sizeof part, 0) > 0);
    std::vector<int> held;
    for (int i = 0; i < 100; ++i) held.push_back(connect());
    for (int const fd : held) close(fd);
  }
  close(known);
}

BOOST_FIXTURE_TEST_CASE(a_stranger_that_sends_nothing_has_little_time, Fixture) {
  auto const start = std::chrono::steady_clock::now();
  BOOST_TEST(answer_to("GET ").empty());
  BOOST_TEST((std::chrono::steady_clock::now() - start < std::chrono::seconds(15)));
}

BOOST_FIXTURE_TEST_CASE(a_request_that_can_be_read_in_two_ways_is_none, Fixture) {
  raise();
  auto const inner = "GET " + token + "/version HTTP/1.1\r\nHost: x\r\n\r\n";
  for (std::string const headers : {"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n",
                                    "Content-Length: 5\r\nContent-Length: 6\r\n", "Transfer-Encoding: xchunked\r\n", "Content-Length: 5 5\r\n"})
    BOOST_TEST(!contains(answer_to("POST " + token + "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" +
                                   headers + "\r\n0\r\n\r\n" + inner),
                         "GET /version"));
}

BOOST_FIXTURE_TEST_CASE(a_request_that_is_too_large_is_told_so, Fixture) {
  raise();
  auto const answer = answer_to("POST " + token + "/api/v1/namespaces/c/configmaps HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n", 300);
  BOOST_TEST(contains(answer, "413"));
  BOOST_TEST(contains(answer, "a rehearsal takes requests of 16 MiB at most"));
}

BOOST_AUTO_TEST_CASE(announcements_do_not_shift_the_answers_of_the_api_server) {
  Fixture here([](auto& request) {
    return "HTTP/1.1 103 Early Hints\r\n\r\n" + Server::http(200, "{\"asked\":\"" + request.substr(0, request.find(" HTTP")) + "\"}");
  });
  here.raise();
  for (auto const* target : {"/version", "/apis/apps/v1", "/api/v1"}) BOOST_TEST(contains(here.get(here.token + target), std::string("GET ") + target + "\""));
}

BOOST_AUTO_TEST_CASE(a_strange_status_is_an_error) {
  Fixture here([](auto&) { return std::string("HTTP/1.1 999 X\r\nContent-Length: 2\r\n\r\n{}"); });
  here.raise();
  BOOST_TEST(contains(here.get(here.token + "/version"), "502"));
}

BOOST_AUTO_TEST_SUITE_END()
