#include <filesystem>
#include "collect/tools.h"

#include <boost/test/unit_test.hpp>

#include "collect/fake_helm.h"
#include "clients/server.h"

using state::Unknown;

BOOST_FIXTURE_TEST_SUITE(tools, FakeHelm)

BOOST_AUTO_TEST_CASE(helm_says_its_version) {
  program("echo v3.21.4");
  auto const seen = std::get<state::Helm>(collect::helm(helm()));
  BOOST_TEST(seen.version == "3.21.4");
  BOOST_TEST(seen.path == (folder / "helm").string());
}

BOOST_AUTO_TEST_CASE(no_helm_has_no_path_and_a_broken_one_is_unknown) {
  BOOST_TEST(std::get<state::Helm>(collect::helm({})).path.empty());
  program("echo 'Error: broken' >&2; exit 1");
  BOOST_TEST(std::get<Unknown>(collect::helm(helm())).why == "`helm version` failed: broken");
}

BOOST_AUTO_TEST_CASE(kubectl_is_found_without_being_run) {
  scratch::Variable const path("PATH", folder.path() + ":/usr/bin:/bin");
  scratch::script(folder / "kubectl", "touch \"$0\".ran");
  BOOST_TEST(collect::kubectl().path == (folder / "kubectl").string());
  BOOST_TEST(!std::filesystem::exists(folder / "kubectl.ran"));
}

BOOST_AUTO_TEST_CASE(no_kubectl_has_no_path) {
  scratch::Variable const path("PATH", (folder / "none").string());
  BOOST_TEST(collect::kubectl().path.empty());
}

BOOST_AUTO_TEST_CASE(the_cluster_says_its_version_or_why_not) {
  auto const socket = (folder / "s").string();
  std::string answer = Server::http(200, R"({"gitVersion":"v1.20.2-gke.100"})");
  Server server(socket, [&](auto&) { return answer; });
  clients::Kubernetes api(socket, "");
  BOOST_TEST(std::get<state::Cluster>(collect::cluster(api)).version == "1.20.2");
  answer = Server::http(502, "dial tcp: connection refused");
  BOOST_TEST(std::get<Unknown>(collect::cluster(api)).why ==
             "the cluster does not answer: HTTP 502: dial tcp: connection refused");
  answer = Server::http(200, "<html>");
  BOOST_TEST(std::get<Unknown>(collect::cluster(api)).why == "the cluster does not say its version");
}

BOOST_AUTO_TEST_SUITE_END()
