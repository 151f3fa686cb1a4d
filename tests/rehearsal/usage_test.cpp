#include "rehearsal/usage.h"

#include <boost/test/unit_test.hpp>

using base::Json;
using rehearsal::Usage;

namespace {

Json yaml(std::string const& text) { return base::parse_yaml(text).value(); }

std::string of(Usage const& usage, std::string const& resource) {
  auto const found = usage.find(resource);
  return found == usage.end() ? "-" : found->second.text();
}

std::string of_pod(std::string const& spec, std::string const& resource) { return of(rehearsal::usage_of_pod(yaml("{spec: " + spec + "}")), resource); }

}  // namespace

BOOST_AUTO_TEST_SUITE(usage)

BOOST_AUTO_TEST_CASE(containers_of_a_pod_add_up_and_a_limit_is_a_request_too) {
  std::string const spec =
      "{containers: [{resources: {requests: {cpu: 100m, example.com/gpu: 1}, limits: {cpu: 1}}}, {resources: {limits: {cpu: 200m}}}]}";
  BOOST_TEST(of_pod(spec, "requests.cpu") == "300m");
  BOOST_TEST(of_pod(spec, "cpu") == "300m");
  BOOST_TEST(of_pod(spec, "limits.cpu") == "1200m");
  BOOST_TEST(of_pod(spec, "requests.example.com/gpu") == "1");
  BOOST_TEST(of_pod(spec, "pods") == "1");
  BOOST_TEST(of_pod(spec, "requests.memory") == "-");
}

BOOST_AUTO_TEST_CASE(init_containers_count_as_far_as_they_need_more_and_those_that_stay_add_up) {
  auto const container = [](char const* cpu, char const* more = "") {
    return "{resources: {requests: {cpu: " + std::string(cpu) + "}}" + more + "}";
  };
  BOOST_TEST(of_pod("{initContainers: [" + container("3") + "], containers: [" + container("1") + "]}", "cpu") == "3");
  BOOST_TEST(of_pod("{initContainers: [" + container("2", ", restartPolicy: Always") + "], containers: [" + container("1") + "]}", "cpu") == "3");
  BOOST_TEST(of_pod("{initContainers: [" + container("2", ", restartPolicy: Always") + ", " + container("4") + "], containers: [" +
                        container("1") + "], overhead: {cpu: 1}}",
                    "cpu") == "7");
}

BOOST_AUTO_TEST_CASE(a_pod_as_a_whole_may_say_what_it_needs) {
  BOOST_TEST(of_pod("{resources: {requests: {cpu: 5}}, containers: [{resources: {requests: {cpu: 1, memory: 1Ki}}}]}", "cpu") == "5");
}

BOOST_AUTO_TEST_CASE(a_claim_counts_for_its_class_too) {
  auto const usage = rehearsal::usage_of_claim(yaml("{spec: {storageClassName: fast, resources: {requests: {storage: 2k}}}}"));
  BOOST_TEST(of(usage, "requests.storage") == "2000");
  BOOST_TEST(of(usage, "fast.storageclass.storage.k8s.io/requests.storage") == "2000");
  BOOST_TEST(of(usage, "fast.storageclass.storage.k8s.io/persistentvolumeclaims") == "1");
  BOOST_TEST(of(usage, "persistentvolumeclaims") == "1");
}

BOOST_AUTO_TEST_CASE(objects_are_counted_by_kind_and_services_by_what_they_take) {
  auto const balanced = rehearsal::usage_of({"", "services", "c", "s"}, "", yaml("{spec: {type: LoadBalancer, ports: [{port: 1}, {port: 2}]}}"));
  BOOST_TEST(of(balanced, "services") == "1");
  BOOST_TEST(of(balanced, "count/services") == "1");
  BOOST_TEST(of(balanced, "services.loadbalancers") == "1");
  BOOST_TEST(of(balanced, "services.nodeports") == "2");
  auto const without = rehearsal::usage_of(
      {"", "services", "c", "s"}, "",
      yaml("{spec: {type: LoadBalancer, allocateLoadBalancerNodePorts: false, ports: [{port: 1}, {port: 2, nodePort: 30000}]}}"));
  BOOST_TEST(of(without, "services.nodeports") == "1");
  BOOST_TEST(of(rehearsal::usage_of({"", "services", "c", "s"}, "", yaml("{spec: {ports: [{port: 1}]}}")), "services.nodeports") == "-");
  auto const deployment = rehearsal::usage_of({"apps", "deployments", "c", "d"}, "apps", Json());
  BOOST_TEST(of(deployment, "count/deployments.apps") == "1");
  BOOST_TEST(of(deployment, "deployments") == "-");
}

BOOST_AUTO_TEST_CASE(scopes_decide_which_pods_count) {
  auto const counts = [](std::string const& quota, std::string const& pod) {
    return rehearsal::counts_pod(yaml("{spec: " + quota + "}"), yaml("{spec: " + pod + "}"));
  };
  auto const yes = std::optional(true), no = std::optional(false);
  std::string const plain = "{containers: [{}]}", high = "{priorityClassName: high, containers: [{resources: {limits: {cpu: 1}}}]}";
  BOOST_TEST((counts("{}", plain) == yes));
  BOOST_TEST((counts("{scopes: [BestEffort]}", plain) == yes));
  BOOST_TEST((counts("{scopes: [BestEffort]}", high) == no));
  BOOST_TEST((counts("{scopes: [NotBestEffort, NotTerminating]}", high) == yes));
  BOOST_TEST((counts("{scopes: [Terminating]}", plain) == no));
  auto const priority = [](std::string const& rest) { return "{scopeSelector: {matchExpressions: [{scopeName: PriorityClass, " + rest + "}]}}"; };
  BOOST_TEST((counts(priority("operator: In, values: [high]"), high) == yes));
  BOOST_TEST((counts(priority("operator: In, values: [high]"), plain) == no));
  BOOST_TEST((counts(priority("operator: NotIn, values: [high]"), high) == no));
  BOOST_TEST((counts(priority("operator: DoesNotExist"), plain) == yes));
  BOOST_TEST((counts(priority("operator: Exists"), high) == yes));
  BOOST_TEST(!counts("{scopes: [CrossNamespacePodAffinity]}", plain));
  BOOST_TEST((counts("{scopes: [CrossNamespacePodAffinity, BestEffort]}", high) == no));
  BOOST_TEST(rehearsal::is_scoped(yaml("{spec: {scopes: [BestEffort]}}")));
  BOOST_TEST(!rehearsal::is_scoped(yaml("{spec: {hard: {}}}")));
}

BOOST_AUTO_TEST_SUITE_END()
