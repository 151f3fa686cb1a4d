#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State with_ingress() {
  auto state = healthy();
  rehearsal_of(state).deletions.push_back({.object = {"Ingress", "extensions", "coder", "web-ingress"},
                                           .api_version = "extensions/v1beta1",
                                           .still_written_as = "networking.k8s.io/v1"});
  return state;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(still_wanted_objects)

BOOST_AUTO_TEST_CASE(no_deletion_passes) { BOOST_TEST(passes("still-wanted-objects", healthy())); }

BOOST_AUTO_TEST_CASE(an_object_that_is_updated_and_then_deleted_is_an_error_that_names_the_requests) {
  auto state = with_ingress();
  rehearsal_of(state).writes.push_back(
      {"PATCH", "networking.k8s.io/v1", {"Ingress", "networking.k8s.io", "coder", "web-ingress"}});
  auto const finding = finding_of("still-wanted-objects", state);
  BOOST_TEST(finding.object == "Ingress/web-ingress");
  BOOST_TEST(finding.message ==
             "Helm 3.21.4 updates it as networking.k8s.io/v1, then deletes it as extensions/v1beta1");
  BOOST_TEST(remedy_of(finding) == "helm coder upgrade --version 1.21.7 --protect Ingress/web-ingress");
}

BOOST_AUTO_TEST_CASE(where_there_is_no_update_only_the_deletion_is_named) {
  BOOST_TEST(finding_of("still-wanted-objects", with_ingress()).message ==
             "the new version has it as networking.k8s.io/v1, and Helm 3.21.4 deletes it as extensions/v1beta1");
}

BOOST_AUTO_TEST_CASE(what_helm_keeps_passes) {
  auto state = with_ingress();
  rehearsal_of(state).deletions.back().kept = true;
  BOOST_TEST(passes("still-wanted-objects", state));
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("still-wanted-objects", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
