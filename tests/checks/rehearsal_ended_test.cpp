#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(rehearsal_ended)

BOOST_AUTO_TEST_CASE(a_rehearsal_to_the_end_passes) { BOOST_TEST(passes("rehearsal-ended", healthy())); }

BOOST_AUTO_TEST_CASE(a_record_that_can_not_be_used_is_an_error_in_helms_words) {
  auto state = healthy();
  state.rehearsal = state::Rehearsal{.ending = state::Ending::storage, .error = "query: failed to query with labels"};
  BOOST_TEST(finding_of("rehearsal-ended", state).message ==
             "Helm can't use its own record of the release: query: failed to query with labels");
}

BOOST_AUTO_TEST_CASE(an_end_that_has_no_name_is_an_error_in_helms_words) {
  auto state = healthy();
  state.rehearsal = state::Rehearsal{.error = "something odd"};
  BOOST_TEST(finding_of("rehearsal-ended", state).message == "Helm stopped: something odd");
}

BOOST_AUTO_TEST_CASE(no_rehearsal_is_not_verified) {
  auto state = healthy();
  state.rehearsal = state::Unknown{"the cluster does not answer", "kubectl cluster-info"};
  BOOST_TEST(unverified_of("rehearsal-ended", state).why == "the cluster does not answer");
}

BOOST_AUTO_TEST_SUITE_END()
