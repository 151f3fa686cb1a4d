#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(certificates_fit)

BOOST_AUTO_TEST_CASE(a_certificate_for_its_hosts_passes) { BOOST_TEST(passes("certificates-fit", with_certificate([](auto&) {}))); }

BOOST_AUTO_TEST_CASE(a_host_that_it_is_not_for_is_a_finding) {
  auto const finding = finding_of("certificates-fit", with_certificate([](auto& each) { each.unmatched = {"*.coder.example.com"}; }));
  BOOST_TEST(finding.object == "Secret/tls");
  BOOST_TEST(finding.field == "*.coder.example.com");
  BOOST_TEST(finding.message == "the certificate is not for it: it is made for coder.example.com (used by Ingress/web)");
}

BOOST_AUTO_TEST_CASE(one_that_names_no_host_says_so) {
  auto const finding = finding_of("certificates-fit", with_certificate([](auto& each) { each.unmatched = {"a.example.com"}, each.names = {}; }));
  BOOST_TEST(finding.message.find("it names no host at all") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_broken_one_that_only_an_ingress_uses_is_a_warning) {
  auto state = with_certificate([](auto& each) { each.broken = "it has no tls.key"; });
  BOOST_TEST(finding_of("certificates-fit", state).message.starts_with("it has no tls.key (used by Ingress/web)"));
  rehearsal_of(state).certificates[0].mounted = true;
  BOOST_TEST(passes("certificates-fit", state));
}

BOOST_AUTO_TEST_CASE(what_was_not_looked_at_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).references_seen = false;
  BOOST_TEST(unverified_of("certificates-fit", state).why == "what the pods and Ingresses refer to was not looked at");
}

BOOST_AUTO_TEST_SUITE_END()
