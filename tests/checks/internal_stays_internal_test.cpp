#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(internal_stays_internal)

namespace {

state::State with(std::string const& kind, std::string const& key, std::string const& before, std::string const& after) {
  auto state = healthy();
  auto& write = rehearsal_of(state).writes.front();
  write.object.kind = kind;
  write.changes = {.compared = true, .fields = {{"metadata.annotations[" + key + "]", 0, before, after}}};
  return state;
}

constexpr auto aws = "service.beta.kubernetes.io/aws-load-balancer-internal";

}  // namespace

BOOST_AUTO_TEST_CASE(what_stays_passes) {
  BOOST_TEST(passes("internal-stays-internal", healthy()));
  BOOST_TEST(passes("internal-stays-internal", with("Service", aws, "0.0.0.0/0", "true")));
  BOOST_TEST(passes("internal-stays-internal", with("Service", "example.com/owner", "internal", "")));
  BOOST_TEST(passes("internal-stays-internal", with("Ingress", aws, "true", "")));
}

BOOST_AUTO_TEST_CASE(an_annotation_that_is_lost_or_turned_is_forbidden) {
  for (auto const& [key, before, after] : {std::tuple(aws, "\"true\"", ""), {"cloud.google.com/load-balancer-type", "Internal", "External"},
                                           {"service.beta.kubernetes.io/azure-load-balancer-internal", "true", "false"}})
    BOOST_TEST(finding_of("internal-stays-internal", with("Service", key, before, after)).field == "metadata.annotations[" + std::string(key) + "]");
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  BOOST_TEST(unverified_of("internal-stays-internal", state).why.starts_with("the chart does not render"));
}

BOOST_AUTO_TEST_SUITE_END()
