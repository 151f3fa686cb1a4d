#include "rehearsal/earlier.h"

#include <deque>

#include <boost/test/unit_test.hpp>

#include "clients/scratch.h"
#include "clients/server.h"

using base::Json;
using state::Cause;
using state::Judgement;

namespace {

Json yaml(std::string const& text) { return base::parse_yaml(text).value(); }

// An API server that answers as a test says, and the writes of one upgrade.
struct Fixture {
  scratch::Folder folder;
  std::map<std::string, std::string> answers;  // "POST /api/v1/…": what it is answered, 404 where nothing is said
  Server server{(folder / "s").string(), [this](auto const& request) {
                  auto const end = request.find_first_of("? ", request.find(' ') + 1);
                  auto const found = answers.find(request.substr(0, end));
                  return found == answers.end() ? Server::http(404, "{}") : Server::http(200, found->second);
                }};
  clients::Kubernetes api{(folder / "s").string(), ""};
  rehearsal::Questions ask{api};
  rehearsal::Played played;
  rehearsal::Scene scene{.release = "coder", .name_space = "c", .driver = "secret", .played = &played};
  rehearsal::Earlier earlier{scene, ask};
  std::deque<rehearsal::Recorded> writes;

  static state::Verdict accepted() { return {.judgement = Judgement::accepted, .status = 200}; }
  static state::Verdict rejected(Cause cause) { return {.judgement = Judgement::rejected, .cause = cause, .status = 403}; }

  // What is said in the end of an object that the upgrade writes. `before` is empty for a new one.
  state::Verdict write(std::string const& path, std::string const& after, state::Verdict verdict = accepted(), std::string const& before = "") {
    auto& made = writes.emplace_back();
    made.target = rehearsal::parse_target(path);
    made.creates = before.empty();
    made.method = made.creates ? "POST" : "PATCH";
    made.body = base::to_text(yaml(after));
    if (!before.empty()) made.before = yaml(before);
    if (verdict.judgement == Judgement::accepted) made.after = yaml(after);
    earlier.amend(verdict, made);
    return verdict;
  }
};

constexpr auto home = "/api/v1/namespaces/c/";
std::string at(std::string const& path) { return home + path; }

}  // namespace

BOOST_FIXTURE_TEST_SUITE(earlier, Fixture)

BOOST_AUTO_TEST_CASE(a_binding_takes_the_verdict_of_the_role_that_comes_with_it) {
  auto const roles = "/apis/rbac.authorization.k8s.io/v1/namespaces/c/";
  auto const binding = "{roleRef: {kind: Role, name: r}}";
  BOOST_TEST((write(roles + std::string("rolebindings/early"), binding, rejected(Cause::missing)).judgement == Judgement::rejected));
  write(roles + std::string("roles/r"), "{kind: Role}");
  BOOST_TEST((write(roles + std::string("rolebindings/late"), binding, rejected(Cause::missing)).judgement == Judgement::accepted));
}

BOOST_AUTO_TEST_CASE(what_lies_in_a_new_namespace_is_not_verified) {
  played.layer.put(rehearsal::parse_target("/api/v1/namespaces/c").key(), yaml("{kind: Namespace}"), false);
  auto const verdict = write(at("configmaps/a"), "{kind: ConfigMap}", rejected(Cause::missing));
  BOOST_TEST((verdict.judgement == Judgement::not_verified));
  BOOST_TEST(verdict.message.find("namespace") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_pod_whose_account_is_new_is_tried_without_it) {
  auto const pod = "{kind: Pod, spec: {serviceAccountName: a, containers: []}}";
  BOOST_TEST((write(at("pods/early"), pod, rejected(Cause::admission)).judgement == Judgement::rejected));
  BOOST_TEST(server.requests().empty());
  write(at("serviceaccounts/a"), "{kind: ServiceAccount}");
  answers["POST /api/v1/namespaces/c/pods"] = R"({"kind":"Pod","metadata":{}})";
  BOOST_TEST((write(at("pods/late"), pod, rejected(Cause::admission)).judgement == Judgement::accepted));
  BOOST_REQUIRE(server.requests().size() == 1u);
  BOOST_TEST(server.requests()[0].find("serviceAccountName") == std::string::npos);
  BOOST_TEST(server.requests()[0].find("dryRun=All") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_node_port_that_an_earlier_service_lets_go_of_is_not_verified) {
  auto const port = "{kind: Service, spec: {ports: [{nodePort: 30001}]}}";
  auto const taken = rejected(Cause::invalid);
  write(at("services/a"), "{kind: Service, spec: {ports: [{nodePort: 30002}]}}", accepted(), port);
  BOOST_TEST((write(at("services/b"), port, taken).judgement == Judgement::not_verified));
  BOOST_TEST((write(at("services/c"), "{spec: {ports: [{nodePort: 30003}]}}", taken).judgement == Judgement::rejected));
}

BOOST_AUTO_TEST_CASE(a_node_port_that_an_earlier_service_takes_is_taken) {
  auto const port = "{kind: Service, spec: {ports: [{nodePort: 30001}]}}";
  BOOST_TEST((write(at("services/a"), port).judgement == Judgement::accepted));
  auto const verdict = write(at("services/b"), port);
  BOOST_TEST((verdict.judgement == Judgement::rejected));
  BOOST_TEST(verdict.message.find("Service/a") != std::string::npos);
  BOOST_TEST((write(at("services/c"), port, accepted(), port).judgement == Judgement::accepted));  // it had it before
}

BOOST_AUTO_TEST_CASE(what_a_limit_range_of_the_same_upgrade_weighs_is_not_verified) {
  write(at("limitranges/l"), "{kind: LimitRange, spec: {limits: []}}", accepted(), "{kind: LimitRange, spec: {limits: []}}");
  BOOST_TEST((write(at("pods/unchanged"), "{spec: {}}").judgement == Judgement::accepted));
  write(at("limitranges/m"), "{kind: LimitRange, spec: {limits: []}}");
  auto const verdict = write(at("pods/p"), "{spec: {}}");
  BOOST_TEST((verdict.judgement == Judgement::not_verified));
  BOOST_TEST(verdict.message == "LimitRange/m changes with the same upgrade");
  BOOST_TEST((write(at("configmaps/a"), "{kind: ConfigMap}").judgement == Judgement::accepted));
  BOOST_TEST((write("/api/v1/namespaces/other/pods/p", "{spec: {}}").judgement == Judgement::accepted));
}

BOOST_AUTO_TEST_CASE(what_a_quota_of_the_same_upgrade_counts_is_not_verified) {
  write(at("resourcequotas/q"), "{kind: ResourceQuota, spec: {hard: {count/configmaps: '1'}}}");
  BOOST_TEST((write(at("configmaps/a"), "{kind: ConfigMap}").judgement == Judgement::not_verified));
  BOOST_TEST((write(at("configmaps/b"), "{kind: ConfigMap}", accepted(), "{kind: ConfigMap}").judgement == Judgement::accepted));
  BOOST_TEST((write(at("services/a"), "{kind: Service}").judgement == Judgement::accepted));
}

BOOST_AUTO_TEST_CASE(what_an_earlier_webhook_or_definition_is_about_is_not_verified) {
  write("/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations/v",
        "{kind: ValidatingWebhookConfiguration, webhooks: [{rules: [{apiGroups: [example.com], resources: ['*']}]}]}");
  write("/apis/apiextensions.k8s.io/v1/customresourcedefinitions/others.example.org",
        "{kind: CustomResourceDefinition, spec: {group: example.org, names: {plural: others}}}");
  BOOST_TEST((write("/apis/example.com/v1/namespaces/c/things/t", "{}").judgement == Judgement::not_verified));
  BOOST_TEST((write("/apis/example.org/v1/namespaces/c/others/o", "{}").judgement == Judgement::not_verified));
  BOOST_TEST((write("/apis/example.net/v1/namespaces/c/things/t", "{}").judgement == Judgement::accepted));
}

BOOST_AUTO_TEST_CASE(a_quota_with_room_for_each_and_not_for_both_is_exceeded) {
  answers["GET /api/v1/namespaces/c/resourcequotas"] =
      R"({"items":[{"metadata":{"name":"q"},"status":{"hard":{"configmaps":"4"},"used":{"configmaps":"3"}}}]})";
  BOOST_TEST((write(at("configmaps/a"), "{kind: ConfigMap}").judgement == Judgement::accepted));
  BOOST_TEST(server.requests().empty());  // the API server's own word is enough for the first
  auto const verdict = write(at("configmaps/b"), "{kind: ConfigMap}");
  BOOST_TEST((verdict.judgement == Judgement::rejected && verdict.cause == Cause::quota));
  BOOST_TEST(verdict.message.find("exceeded quota: q, requested: configmaps=1, used: configmaps=4") != std::string::npos, verdict.message);
  BOOST_TEST((write(at("services/a"), "{kind: Service}").judgement == Judgement::accepted));
}

BOOST_AUTO_TEST_CASE(a_write_that_is_refused_takes_nothing_of_a_quota) {
  answers["GET /api/v1/namespaces/c/resourcequotas"] =
      R"({"items":[{"metadata":{"name":"q"},"status":{"hard":{"count/configmaps":"4"},"used":{"count/configmaps":"3"}}}]})";
  write(at("configmaps/a"), "{kind: ConfigMap}", rejected(Cause::invalid));
  BOOST_TEST((write(at("configmaps/b"), "{kind: ConfigMap}").judgement == Judgement::accepted));
}

BOOST_AUTO_TEST_CASE(volumes_and_ports_are_counted_as_a_quota_counts_them) {
  rehearsal::Recorded claim{.target = rehearsal::parse_target(at("persistentvolumeclaims/a"))};
  claim.before = yaml("{spec: {storageClassName: s, resources: {requests: {storage: 1Gi}}}}");
  claim.after = yaml("{spec: {storageClassName: s, resources: {requests: {storage: 3Gi}}}}");
  auto const grown = rehearsal::charges_of(claim);
  BOOST_TEST(grown.at("requests.storage").binary_text() == "2Gi");
  BOOST_TEST(grown.at("s.storageclass.storage.k8s.io/requests.storage").binary_text() == "2Gi");
  BOOST_TEST(!grown.contains("persistentvolumeclaims"));
  rehearsal::Recorded service{.target = rehearsal::parse_target(at("services/a")), .creates = true};
  service.after = yaml("{spec: {type: LoadBalancer, ports: [{port: 1}, {port: 2}]}}");
  auto const made = rehearsal::charges_of(service);
  BOOST_TEST(made.at("services").text() == "1");
  BOOST_TEST(made.at("services.loadbalancers").text() == "1");
  BOOST_TEST(made.at("services.nodeports").text() == "2");
}

BOOST_AUTO_TEST_SUITE_END()
