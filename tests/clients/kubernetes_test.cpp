#include "clients/kubernetes.h"

#include <boost/test/unit_test.hpp>

#include "scratch.h"
#include "server.h"

using clients::Access;
using clients::Kubernetes;
using clients::Proxy;
using namespace std::chrono_literals;

namespace {

struct Here {
  scratch::Folder folder;
  std::string socket = (folder / "s").string();
};

// A kubectl that writes down how it was called; as a proxy it says that it serves.
struct FakeKubectl : Here {
  scratch::Variable path{"PATH", folder.path() + ":/usr/bin:/bin"};
  scratch::Variable kubeconfig{"KUBECONFIG", (folder / "config").string()};
  FakeKubectl() { program("echo \"Starting to serve on $2\"; exec sleep 600"); }

  void program(std::string const& as_proxy, std::string const& as_config = "exit 1") {
    scratch::script(folder / "kubectl",
                    "printf '%s\\n' \"$@\" >> " + (folder / "$1.calls").string() +
                        "\necho \"KUBECONFIG=$KUBECONFIG\" >> " + (folder / "environment").string() +
                        "\nfor a; do case $a in --kubeconfig=/dev/fd/*) cat \"${a#*=}\" > " +
                        (folder / "made").string() + ";; esac; done\nif test \"$1\" = proxy; then " + as_proxy +
                        "; else " + as_config + "; fi");
  }
  std::string calls(std::string const& command) { return scratch::text_of(folder / (command + ".calls")); }
};

bool contains(std::string const& text, std::string const& part) { return text.find(part) != std::string::npos; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(kubernetes_client, Here)

BOOST_AUTO_TEST_CASE(a_request_says_what_kubectl_proxy_needs_and_reads_the_answer) {
  Server server(socket, [](auto&) { return Server::http(200, "{\"a\":1}", "Warning: 299 - \"old\"\r\n"); });
  Kubernetes client(socket, "/prefix");
  auto const answer = client.send("PATCH", "/api/v1/x?dryRun=All", "{}", "application/merge-patch+json");
  BOOST_TEST(answer.ok());
  BOOST_TEST(answer.body == "{\"a\":1}");
  BOOST_TEST(answer.header("warning") == "299 - \"old\"");
  auto const request = server.requests().at(0);
  BOOST_TEST(request.starts_with("PATCH /prefix/api/v1/x?dryRun=All HTTP/1.1\r\nHost: localhost\r\n"));
  BOOST_TEST(contains(request, "Accept-Encoding: identity\r\n"));
  BOOST_TEST(contains(request, "Content-Type: application/merge-patch+json\r\n"));
  BOOST_TEST(request.ends_with("\r\n\r\n{}"));
}

BOOST_AUTO_TEST_CASE(one_connection_serves_many_requests) {
  Server server(socket, [](auto&) { return Server::http(200, "x"); });
  Kubernetes client(socket, "");
  for (int i = 0; i < 3; ++i) BOOST_TEST(client.get("/").ok());
  BOOST_TEST(server.connections() == 1);
}

BOOST_AUTO_TEST_CASE(several_requests_go_side_by_side_and_their_answers_keep_the_order) {
  Server server(socket, [](auto& request) { return Server::http(200, request.substr(5, request.find(' ', 5) - 5)); });
  Kubernetes client(socket, "");
  std::vector<clients::Request> requests;
  for (int i = 0; i < 40; ++i) requests.push_back({"GET", "/" + std::to_string(i)});
  auto const answers = client.send_all(requests);
  BOOST_REQUIRE(answers.size() == 40u);
  for (std::size_t i = 0; i < answers.size(); ++i) BOOST_TEST(answers[i].body == std::to_string(i));
  BOOST_TEST((server.connections() >= 1 && server.connections() <= 24));
  BOOST_TEST(client.send_all({}).empty());
}

BOOST_AUTO_TEST_CASE(a_connection_that_was_closed_while_idle_is_made_anew) {
  int count = 0;
  Server server(socket, [&](auto&) { return ++count % 2 == 0 ? std::string() : Server::http(200, "x"); });
  Kubernetes client(socket, "");
  BOOST_TEST(client.get("/1").ok());
  BOOST_TEST(client.get("/2").ok());  // the second request finds the connection closed, the third is its repetition
  BOOST_TEST(server.connections() == 2);
}

BOOST_AUTO_TEST_CASE(a_write_that_got_no_answer_is_not_repeated) {
  int count = 0;
  Server server(socket, [&](auto&) { return ++count == 2 ? std::string() : Server::http(200, "x"); });
  Kubernetes client(socket, "");
  BOOST_TEST(client.get("/1").ok());
  auto const answer = client.send("POST", "/2", "{}");
  BOOST_TEST(answer.status == 0);
  BOOST_TEST(answer.body == "`kubectl proxy` closed the connection");
  BOOST_TEST(server.requests().size() == 2u);
}

BOOST_AUTO_TEST_CASE(a_server_that_says_nothing_has_a_deadline) {
  Server server(socket, [](auto&) { return std::this_thread::sleep_for(400ms), Server::http(200, "late"); });
  Kubernetes client(socket, "");
  auto const answer = client.send("GET", "/", {}, {}, "application/json", 100ms);
  BOOST_TEST(answer.status == 0);
  BOOST_TEST(answer.body == "the cluster did not answer within 100 ms");
  BOOST_TEST(client.get("/").body == "late");  // and the late answer is not taken for the next one
}

BOOST_AUTO_TEST_CASE(nobody_there_is_no_answer) {
  Kubernetes client(socket, "");
  BOOST_TEST(client.get("/").status == 0);
  BOOST_TEST(contains(client.get("/").body, "No such file or directory"));
}

BOOST_AUTO_TEST_CASE(what_is_no_http_is_no_answer) {
  Server server(socket, [](auto&) { return std::string("hello\r\n\r\n"); });
  Kubernetes client(socket, "");
  BOOST_TEST(client.get("/").status == 0);
}

BOOST_AUTO_TEST_CASE(chunked_answers_are_read) {
  Server server(socket, [](auto&) {
    return std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  });
  Kubernetes client(socket, "");
  BOOST_TEST(client.get("/").body == "abcde");
}

BOOST_AUTO_TEST_CASE(an_answer_that_announces_another_is_not_taken_for_it) {
  Server server(socket, [](auto& request) {
    auto const answer = Server::http(200, request.substr(4, 2));
    return "HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 100 Continue\r\n\r\n" + answer;
  });
  Kubernetes client(socket, "");
  for (auto const* target : {"/a", "/b", "/c"}) BOOST_TEST(client.get(target).body == target);
}

BOOST_AUTO_TEST_CASE(an_answer_that_nobody_asked_for_is_dropped) {
  Server server(socket, [](auto& request) { return Server::http(200, request.substr(4, 2)) + Server::http(200, "evil"); });
  Kubernetes client(socket, "");
  for (auto const* target : {"/a", "/b", "/c"}) BOOST_TEST(client.get(target).body == target);
}

BOOST_AUTO_TEST_CASE(announcements_without_an_end_are_no_answer) {
  Server server(socket, [](auto&) {
    std::string all;
    for (int i = 0; i < 1000; ++i) all += "HTTP/1.1 100 Continue\r\n\r\n";
    return all;
  });
  Kubernetes client(socket, "");
  BOOST_TEST(client.get("/").status == 0);
}

BOOST_AUTO_TEST_CASE(patience_ends_for_all_that_come_from_a_client) {
  Server server(socket, [](auto&) { return std::string(); });
  Kubernetes client(socket, "");
  client.be_patient_for(std::chrono::seconds(0));
  BOOST_TEST(client.get("/").body == "the cluster took too long for all that there is to ask, and is not asked any more");
  for (auto const& answer : client.send_all({{"GET", "/a"}, {"GET", "/b"}})) BOOST_TEST(answer.status == 0);
  BOOST_TEST(server.requests().empty());
  client.be_patient_for({});
  client.get("/");
  BOOST_TEST(!server.requests().empty());
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_too_large_is_refused) {
  Server server(socket, [](auto&) { return std::string("HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\nabc"); });
  Kubernetes client(socket, "");
  BOOST_TEST(client.get("/").body == "the answer is larger than 32 MiB");
}

BOOST_AUTO_TEST_CASE(a_status_has_its_reason_and_causes) {
  auto const status = clients::status_of(422, R"({"kind":"Status","code":422,"reason":"Invalid","message":"no",
    "details":{"causes":[{"reason":"FieldValueInvalid","message":"immutable","field":"spec.clusterIP"},7]}})");
  BOOST_TEST(status.code == 422);
  BOOST_TEST(status.reason == "Invalid");
  BOOST_TEST(status.causes.at(0).field == "spec.clusterIP");
  BOOST_TEST(status.causes.at(0).message == "immutable");
}

BOOST_AUTO_TEST_CASE(an_answer_that_is_no_status_keeps_its_code_and_a_short_text) {
  auto const status = clients::status_of(502, "dial tcp: refused\n" + std::string(5'000, 'x'));
  BOOST_TEST(status.code == 502);
  BOOST_TEST(status.reason.empty());
  BOOST_TEST(status.message.starts_with("dial tcp: refused x"));
  BOOST_TEST(status.message.size() < 500u);
  BOOST_TEST(error_of(clients::Answer{.status = 502, .body = "refused"}) == "HTTP 502: refused");
  BOOST_TEST(error_of(clients::Answer{.body = "nobody there"}) == "nobody there");
}

BOOST_AUTO_TEST_CASE(names_are_encoded) { BOOST_TEST(clients::url_encoded("a/b c=ü.-_~") == "a%2Fb%20c%3D%C3%BC.-_~"); }

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(kubectl_proxy, FakeKubectl)

BOOST_AUTO_TEST_CASE(flags_say_where_the_cluster_is) {
  Access access{.kubeconfig = "/k",
                .context = "c",
                .api_server = "https://host:1/k8s/c-1/",
                .ca_file = "/ca",
                .tls_server_name = "name",
                .as_user = "u",
                .as_groups = {"g", "h"},
                .insecure = true};
  std::string why;
  auto const proxy = Proxy::start(access, true, &why);
  BOOST_REQUIRE_MESSAGE(proxy, why);
  BOOST_TEST(calls("proxy") == "proxy\n--unix-socket=" + proxy->socket() + "\n--reject-methods=^(DELETE|CONNECT)$\n" +
                                   "--kubeconfig=/k\n--context=c\n--server=https://host:1/k8s/c-1/\n"
                                   "--certificate-authority=/ca\n--tls-server-name=name\n--as=u\n--as-group=g\n"
                                   "--as-group=h\n--insecure-skip-tls-verify\n");
  BOOST_TEST(proxy->prefix() == "/k8s/c-1");
  BOOST_TEST(!std::filesystem::exists(folder / "config.calls"));
}

BOOST_AUTO_TEST_CASE(a_list_of_kubeconfigs_travels_by_environment) {
  std::string why;
  auto const proxy = Proxy::start({.kubeconfig = "/a:/b"}, false, &why);
  BOOST_REQUIRE_MESSAGE(proxy, why);
  BOOST_TEST(scratch::text_of(folder / "environment") == "KUBECONFIG=/a:/b\n");
  BOOST_TEST(!contains(calls("proxy"), "--kubeconfig"));
  BOOST_TEST(!contains(calls("proxy"), "--reject-methods"));
}

BOOST_AUTO_TEST_CASE(a_server_with_a_path_gives_the_prefix) {
  scratch::write(folder / "config", "clusters: [{name: a, cluster: {server: 'https://rancher/k8s/clusters/c-1'}}]\n");
  program("echo Starting; exec sleep 600",
          R"(echo '{"clusters":[{"cluster":{"server":"https://rancher/k8s/clusters/c-1"}}]}')");
  std::string why;
  auto const proxy = Proxy::start({.context = "a"}, false, &why);
  BOOST_REQUIRE_MESSAGE(proxy, why);
  BOOST_TEST(proxy->prefix() == "/k8s/clusters/c-1");
  BOOST_TEST(calls("config") == "config\nview\n--minify\n-o\njson\n--context=a\n");
}

BOOST_AUTO_TEST_CASE(kubectl_is_not_asked_for_a_path_that_no_server_has) {
  scratch::write(folder / "config", "clusters: [{name: a, cluster: {server: 'https://host:6443/'}}]\n");
  std::string why;
  auto const proxy = Proxy::start({}, false, &why);
  BOOST_REQUIRE_MESSAGE(proxy, why);
  BOOST_TEST(proxy->prefix() == "");
  BOOST_TEST(!std::filesystem::exists(folder / "config.calls"));
}

BOOST_AUTO_TEST_CASE(a_token_is_in_no_argument_and_on_no_disk) {
  program(
      "echo Starting; exec sleep 600",
      R"(echo '{"clusters":[{"cluster":{"server":"https://h"}}],"users":[{"user":{"client-key-data":"k","as":"x"}}]}')");
  std::string why;
  auto const proxy = Proxy::start({.context = "a", .token = "t0ken"}, false, &why);
  BOOST_REQUIRE_MESSAGE(proxy, why);
  BOOST_TEST(!contains(calls("proxy") + calls("config"), "t0ken"));
  auto const made = base::parse_json(scratch::text_of(folder / "made")).value();
  BOOST_TEST(made["users"].items().at(0)["user"]["token"].str() == "t0ken");
  BOOST_TEST(made["users"].items().at(0)["user"]["as"].str() == "x");
  BOOST_TEST(!made["users"].items().at(0)["user"].has("client-key-data"));
  BOOST_TEST(made["clusters"].items().at(0)["cluster"]["server"].str() == "https://h");
  BOOST_TEST(contains(calls("proxy"), "--kubeconfig=/dev/fd/"));
  BOOST_TEST(!contains(calls("proxy"), "--context"));  // chosen already
}

BOOST_AUTO_TEST_CASE(what_kubectl_says_is_the_reason) {
  program("echo 'error: context \"x\" does not exist' >&2; exit 1");
  std::string why;
  BOOST_TEST(!Proxy::start({}, false, &why));
  BOOST_TEST(why == "`kubectl proxy` did not start: context \"x\" does not exist; make `kubectl version` work first, with the same kubeconfig and context");
}

BOOST_AUTO_TEST_CASE(no_kubectl_is_said) {
  scratch::Variable const nothing("PATH", (folder / "none").string());
  std::string why;
  BOOST_TEST(!Proxy::start({}, false, &why));
  BOOST_TEST(why == "no such program: kubectl");
}

BOOST_AUTO_TEST_CASE(the_outer_helms_variables_are_read) {
  scratch::Variable const context("HELM_KUBECONTEXT", "c"), groups("HELM_KUBEASGROUPS", "a,b"),
      none("HELM_KUBETOKEN", {}), insecure("HELM_KUBEINSECURE_SKIP_TLS_VERIFY", "true");
  auto const access = clients::access_from_environment();
  BOOST_TEST(access.context == "c");
  BOOST_TEST(access.as_groups == (std::vector<std::string>{"a", "b"}), boost::test_tools::per_element());
  BOOST_TEST(access.insecure);
  BOOST_TEST(access.token.empty());
  BOOST_TEST(access.kubeconfig == (folder / "config").string());
}

BOOST_AUTO_TEST_SUITE_END()
