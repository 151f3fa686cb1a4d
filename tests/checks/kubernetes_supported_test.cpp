#include <boost/test/unit_test.hpp>

#include "healthy.h"

BOOST_AUTO_TEST_SUITE(kubernetes_supported)

namespace {

state::State on(std::string const& kubernetes, std::string const& from, std::string const& to) {
  auto state = upgrade(from, to);
  state.cluster = state::Cluster{kubernetes};
  return state;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_kubernetes_that_the_target_supports_passes) {
  BOOST_TEST(passes("kubernetes-supported", on("1.20.2", "1.20.0", "1.21.7")));
  BOOST_TEST(passes("HC406", on("1.22.17-eks-1", "1.25.0", "1.26.4")));
}

BOOST_AUTO_TEST_CASE(a_newer_one_is_a_finding) {
  auto const finding = finding_of("kubernetes-supported", on("1.34.2", "1.21.0", "1.21.7"));
  BOOST_TEST(finding.object == "Coder 1.21.7");
  BOOST_TEST(finding.message == "Coder supports Kubernetes 1.19 to 1.22 with it, and this is 1.34.2");
}

BOOST_AUTO_TEST_CASE(an_older_one_is_a_finding_that_says_which_to_bring_it_to) {
  BOOST_TEST(remedy_of(finding_of("kubernetes-supported", on("1.20.2", "1.26.4", "1.27.4"))) ==
             "Bring the cluster to Kubernetes 1.21 or newer first.");
}

BOOST_AUTO_TEST_CASE(each_stop_on_the_way_counts) {
  auto const outcome = outcome_of("kubernetes-supported", on("1.20.2", "1.26.4", "1.28.7"));
  BOOST_REQUIRE(outcome.findings.size() == 2u);
  BOOST_TEST(outcome.findings.front().object == "Coder 1.27.4");
}

BOOST_AUTO_TEST_CASE(lines_for_which_coder_documents_nothing_are_not_verified) {
  BOOST_TEST(unverified_of("kubernetes-supported", on("1.24.0", "1.32.5", "1.33.6")).why ==
             "Coder's documentation does not say which Kubernetes 1.33 supports");
  BOOST_TEST(unverified_of("kubernetes-supported", on("1.24.0", "1.32.5", "1.35.4")).why ==
             "Coder's documentation does not say which Kubernetes 1.33 to 1.35 supports");
}

BOOST_AUTO_TEST_SUITE_END()
