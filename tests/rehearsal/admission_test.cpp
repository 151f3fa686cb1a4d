#include "rehearsal/admission.h"

#include <map>

#include <boost/test/unit_test.hpp>

#include "clients/scratch.h"
#include "clients/server.h"

using base::Json;

namespace {

Json yaml(std::string const& text) { return base::parse_yaml(text).value(); }

constexpr auto group = "/apis/admissionregistration.k8s.io/v1/";

// An API server that answers as a test says, and who would be asked there about a deletion.
struct Fixture {
  scratch::Folder folder;
  std::map<std::string, std::pair<int, std::string>> answers;  // "GET /api/v1/…"; 404 where nothing is said
  Server server{(folder / "s").string(), [this](auto const& request) {
                  auto const found = answers.find(request.substr(0, request.find_first_of("? ", request.find(' ') + 1)));
                  return found == answers.end() ? Server::http(404, "{}") : Server::http(found->second.first, found->second.second);
                }};
  clients::Kubernetes api{(folder / "s").string(), ""};
  rehearsal::Questions ask{api};
  rehearsal::Layer layer;

  void there_is(std::string const& path, std::string const& object) { answers["GET " + path] = {200, base::to_text(yaml(object))}; }
  void there_is_a_webhook(std::string const& rest) {
    there_is(group + std::string("validatingwebhookconfigurations"),
             "{items: [{metadata: {name: guards}, webhooks: [{name: guard, " + rest + "}]}]}");
  }
  std::string doubt(std::string const& path = "/api/v1/namespaces/c/secrets/s", std::string const& object = "{metadata: {labels: {a: '1'}}}") {
    auto const guards = rehearsal::guards_of(ask);
    rehearsal::Admission admission(ask, guards, layer);
    return admission.doubt_about_deletion(rehearsal::parse_target(path), yaml(object));
  }
};

std::string rule(std::string const& operations, std::string const& resources = "secrets", std::string const& more = "") {
  return "rules: [{operations: [" + operations + "], apiGroups: [''], apiVersions: [v1], resources: [" + resources + "]" + more + "}]";
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(admission, Fixture)

BOOST_AUTO_TEST_CASE(where_nobody_is_asked_a_deletion_is_sure) {
  BOOST_TEST(doubt() == "");
  there_is_a_webhook(rule("CREATE, UPDATE"));
  BOOST_TEST(doubt() == "");
  there_is_a_webhook(rule("DELETE", "configmaps, secrets/status"));
  BOOST_TEST(doubt() == "");
  there_is_a_webhook(rule("DELETE", "'*'", ", scope: Cluster"));
  BOOST_TEST(doubt() == "");
}

BOOST_AUTO_TEST_CASE(a_webhook_that_is_asked_is_named) {
  for (auto const& each : {rule("DELETE"), rule("'*'", "'*'"), rule("CREATE, DELETE", "'*/*'"), rule("DELETE", "secrets", ", scope: Namespaced")}) {
    there_is_a_webhook(each);
    BOOST_TEST(doubt().find("the webhook guard (guards)") != std::string::npos, each);
  }
  BOOST_TEST(doubt(group + std::string("validatingwebhookconfigurations/guards")) == "");
}

BOOST_AUTO_TEST_CASE(its_selectors_count_and_labels_that_can_not_be_read_count_as_selected) {
  there_is_a_webhook(rule("DELETE") + ", objectSelector: {matchLabels: {a: '2'}}");
  BOOST_TEST(doubt() == "");
  there_is_a_webhook(rule("DELETE") + ", namespaceSelector: {matchExpressions: [{key: skip, operator: DoesNotExist}]}");
  BOOST_TEST(doubt() != "");
  there_is("/api/v1/namespaces/c", "{metadata: {labels: {skip: ''}}}");
  BOOST_TEST(doubt() == "");
}

BOOST_AUTO_TEST_CASE(each_operator_of_a_selector_is_understood) {
  auto const labels = yaml("{a: '1'}");
  auto const one = [&](std::string const& expression) { return rehearsal::selects(yaml("{matchExpressions: [" + expression + "]}"), labels); };
  BOOST_TEST(one("{key: a, operator: In, values: ['1', '2']}"));
  BOOST_TEST(!one("{key: b, operator: In, values: ['1']}"));
  BOOST_TEST(one("{key: b, operator: NotIn, values: ['1']}"));
  BOOST_TEST(!one("{key: a, operator: NotIn, values: ['1']}"));
  BOOST_TEST(one("{key: a, operator: Exists}"));
  BOOST_TEST(!one("{key: a, operator: DoesNotExist}"));
  BOOST_TEST(one("{key: b, operator: Unheard}"));
  BOOST_TEST(rehearsal::selects({}, labels));
}

BOOST_AUTO_TEST_CASE(a_policy_counts_where_it_is_bound_and_denies) {
  auto const bind = [&](std::string const& rest) {
    there_is(group + std::string("validatingadmissionpolicybindings"), "{items: [{metadata: {name: b}, spec: {policyName: p, " + rest + "}}]}");
  };
  std::string const rules = "resourceRules: [{operations: [DELETE], apiGroups: [''], apiVersions: [v1], resources: [secrets]}]";
  there_is(group + std::string("validatingadmissionpolicies"), "{items: [{metadata: {name: p}, spec: {matchConstraints: {" + rules + "}}}]}");
  BOOST_TEST(doubt() == "");
  bind("validationActions: [Warn]");
  BOOST_TEST(doubt() == "");
  bind("validationActions: [Deny]");
  BOOST_TEST(doubt().find("ValidatingAdmissionPolicy/p") == 0u);
  bind("validationActions: [Deny], matchResources: {excludeResourceRules: [{operations: ['*'], apiGroups: ['*'], resources: [secrets]}]}");
  BOOST_TEST(doubt() == "");
  bind("validationActions: [Deny], matchResources: {resourceRules: [{operations: ['*'], apiGroups: ['*'], resources: [secrets], resourceNames: [other]}]}");
  BOOST_TEST(doubt() == "");
}

BOOST_AUTO_TEST_CASE(one_that_the_upgrade_itself_brings_counts) {
  auto const* configuration = "{metadata: {name: new}, webhooks: [{name: guard, rules: [{operations: [DELETE], apiGroups: ['*'], resources: ['*']}]}]}";
  layer.put({"admissionregistration.k8s.io", "mutatingwebhookconfigurations", "", "new"}, yaml(configuration), false);
  BOOST_TEST(doubt().find("(new)") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(rules_that_can_not_be_read_leave_a_doubt) {
  answers["GET " + std::string(group) + "validatingwebhookconfigurations"] = {403, "{}"};
  BOOST_TEST(doubt().find("validatingwebhookconfigurations can't be listed") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
