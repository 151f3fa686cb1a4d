#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(terminating_check)

BOOST_AUTO_TEST_CASE(objects_that_stay_pass) { BOOST_TEST(passes("terminating", healthy())); }

BOOST_AUTO_TEST_CASE(an_object_that_is_going_is_an_error_with_what_it_waits_for) {
  auto state = healthy();
  rehearsal_of(state).terminating.push_back({{"Service", "", "coder", "ingress-nginx"},
                                             "2023-11-14T22:00:00Z",
                                             {"service.kubernetes.io/load-balancer-cleanup"}});
  auto const finding = finding_of("terminating", state);
  BOOST_TEST(finding.object == "Service/ingress-nginx");
  BOOST_TEST(finding.message.ends_with("it waits for service.kubernetes.io/load-balancer-cleanup (the cloud's controller, which still takes the load balancer down)"));
  BOOST_TEST(remedy_of(finding) == "kubectl wait --for=delete Service/ingress-nginx --timeout=5m");
}

BOOST_AUTO_TEST_CASE(a_finalizer_that_is_not_known_is_that_of_its_domain) {
  auto state = healthy();
  rehearsal_of(state).terminating.push_back({{"Service", "", "coder", "d"}, "", {"example.com/guard", "odd"}});
  BOOST_TEST(finding_of("terminating", state).message.ends_with("it waits for example.com/guard (the controller of example.com), odd"));
}

BOOST_AUTO_TEST_CASE(one_in_another_namespace_is_waited_for_there) {
  auto state = healthy();
  rehearsal_of(state).terminating.push_back({{"Service", "", "other", "d"}, "", {}});
  BOOST_TEST(remedy_of(finding_of("terminating", state)) ==
             "kubectl wait --for=delete Service/d --timeout=5m -n other");
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("terminating", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
