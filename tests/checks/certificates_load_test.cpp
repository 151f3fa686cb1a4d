#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(certificates_load)

BOOST_AUTO_TEST_CASE(a_whole_certificate_passes) {
  BOOST_TEST(passes("certificates-load", with_certificate([](auto&) {})));
}

BOOST_AUTO_TEST_CASE(a_key_of_another_certificate_is_forbidden_where_a_pod_loads_it) {
  auto state = with_certificate([](auto& each) { each.broken = "tls.key is not the key of the certificate in tls.crt", each.mounted = true; });
  auto const finding = finding_of("certificates-load", state);
  BOOST_TEST(finding.object == "Secret/tls");
  BOOST_TEST(finding.message.starts_with("tls.key is not the key of the certificate in tls.crt (used by Ingress/web)"));
  rehearsal_of(state).certificates[0].mounted = false;
  BOOST_TEST(passes("certificates-load", state));
}

BOOST_AUTO_TEST_CASE(what_was_not_looked_at_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).references_seen = false;
  BOOST_TEST(unverified_of("certificates-load", state).why == "what the pods and Ingresses refer to was not looked at");
}

BOOST_AUTO_TEST_SUITE_END()
