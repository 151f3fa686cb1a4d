#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(manifest_known)

BOOST_AUTO_TEST_CASE(a_manifest_that_the_server_knows_passes) { BOOST_TEST(passes("manifest-known", healthy())); }

BOOST_AUTO_TEST_CASE(one_that_it_does_not_know_is_an_error_in_helms_words) {
  auto state = healthy();
  state.rehearsal = state::Rehearsal{.ending = state::Ending::manifest, .error = "no matches for kind \"Ingress\""};
  BOOST_TEST(finding_of("manifest-known", state).message == "no matches for kind \"Ingress\"");
}

BOOST_AUTO_TEST_CASE(what_helm_did_not_reach_is_not_verified) {
  auto state = healthy();
  stop_at_rendering(state);
  auto const unverified = unverified_of("manifest-known", state);
  BOOST_TEST(unverified.why == "the chart does not render, so the upgrade sends no request that could be judged");
  BOOST_TEST(unverified.tell == "helm coder explain HC404");
}

BOOST_AUTO_TEST_SUITE_END()
