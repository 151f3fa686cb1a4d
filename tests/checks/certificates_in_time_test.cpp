#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

constexpr std::int64_t day = 86'400;

std::string message_of(std::int64_t begins_in, std::int64_t ends_in, std::string const& of_its_chain = "") {
  auto const now = healthy().now;
  auto const state = with_certificate([&](auto& each) { each.not_before = now + begins_in, each.not_after = now + ends_in, each.ends_first = of_its_chain; });
  return finding_of("certificates-in-time", state).message;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(certificates_in_time)

BOOST_AUTO_TEST_CASE(a_certificate_that_lasts_passes) {
  BOOST_TEST(passes("certificates-in-time", with_certificate([](auto& each) { each.not_after = healthy().now + 30 * day; })));
}

BOOST_AUTO_TEST_CASE(one_that_ends_soon_has_ended_or_has_not_begun_is_a_finding) {
  BOOST_TEST(message_of(-day, 12 * day) == "it expires in 12 days, on 2023-11-26 (used by Ingress/web)");
  BOOST_TEST(message_of(-90 * day, -3 * day) == "it expired 3 days ago, on 2023-11-11 (used by Ingress/web)");
  BOOST_TEST(message_of(2 * day, 90 * day) == "it is valid only in 2 days, from 2023-11-16 on (used by Ingress/web)");
  BOOST_TEST(message_of(-day, 5 * day, "CN = R3") == "of its chain, CN = R3 expires in 5 days, on 2023-11-19 (used by Ingress/web)");
}

BOOST_AUTO_TEST_CASE(what_was_not_looked_at_is_not_verified) {
  auto state = healthy();
  rehearsal_of(state).references_seen = false;
  BOOST_TEST(unverified_of("certificates-in-time", state).why == "what the pods and Ingresses refer to was not looked at");
}

BOOST_AUTO_TEST_SUITE_END()
