#include <boost/test/unit_test.hpp>

#include "healthy.h"

BOOST_AUTO_TEST_SUITE(kubernetes_accepted)

namespace {

state::State on(std::string const& kubernetes, state::State state) {
  state.cluster = state::Cluster{kubernetes};
  return state;
}

// Without what the chart itself asks for.
state::State with_gate(std::string const& gate, state::State state) {
  std::get<state::Target>(state.target).kube_version = gate;
  return state;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_chart_that_takes_this_kubernetes_passes) {
  BOOST_TEST(passes("kubernetes-accepted", on("1.20.2", upgrade("1.20.0", "1.21.7"))));
  BOOST_TEST(passes("HC405", with_gate(">= 1.19.0-0", on("1.19.0-eks-1", upgrade("1.21.7", "1.22.3")))));
}

BOOST_AUTO_TEST_CASE(a_cluster_that_is_too_old_for_the_charts_own_gate_is_a_finding) {
  auto const finding = finding_of("kubernetes-accepted", with_gate(">= 1.21.0-0", on("1.20.2", upgrade("1.27.4", "1.28.0"))));
  BOOST_TEST(finding.object == "Coder 1.28.0");
  BOOST_TEST(finding.message == "it needs Kubernetes 1.21 or newer, and this is 1.20.2: its chart asks for it");
  BOOST_TEST(remedy_of(finding) == "Bring the cluster to Kubernetes 1.21 or newer first.");
}

BOOST_AUTO_TEST_CASE(a_cluster_that_is_too_old_for_a_stop_on_the_way_is_a_finding_of_that_stop) {
  auto state = on("1.18.9", upgrade("1.20.0", "1.23.1"));
  BOOST_TEST(outcome_of("kubernetes-accepted", state).findings.size() == 2u);
  BOOST_TEST(outcome_of("kubernetes-accepted", state).findings.front().object == "Coder 1.22.3");
}

BOOST_AUTO_TEST_CASE(a_cluster_without_the_apis_of_an_old_chart_is_a_finding) {
  auto const finding = finding_of("kubernetes-accepted", on("1.34.2", upgrade("1.19.2", "1.20.0")));
  BOOST_TEST(finding.message.starts_with("it needs Kubernetes 1.21 or older, and this is 1.34.2: its chart has objects of"));
}

BOOST_AUTO_TEST_CASE(a_gate_of_another_form_is_helms_to_judge_and_not_verified) {
  auto const unverified = unverified_of("kubernetes-accepted", with_gate("~1.20 || 1.22.x", on("1.20.2", upgrade("1.44.2", "1.44.3"))));
  BOOST_TEST(unverified.why == "its chart asks for Kubernetes \"~1.20 || 1.22.x\", which only Helm can judge");
}

BOOST_AUTO_TEST_CASE(a_cluster_whose_version_makes_no_sense_is_not_verified) {
  BOOST_TEST(unverified_of("kubernetes-accepted", on("new", healthy())).why == "the cluster's version \"new\" is none that can be read");
}

BOOST_AUTO_TEST_CASE(a_target_of_a_billion_lines_takes_no_time) {
  BOOST_TEST(outcome_of("kubernetes-accepted", on("1.18.0", upgrade("1.44.0", "1.2000000000.0"))).findings.empty());
}

BOOST_AUTO_TEST_SUITE_END()
