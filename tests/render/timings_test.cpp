#include "render/timings.h"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(timings)

BOOST_AUTO_TEST_CASE(phases_come_by_their_beginning_with_the_slowest_requests_after_them) {
  base::Timeline timeline;
  timeline.add({"helm upgrade", 0.1, 0.25});
  timeline.add({"the chart\x1b[1m", 0.004, 0.01});
  auto const text = render::timings(timeline.phases(), {{"GET /version", 200, 0.06}}, 40, 12);
  BOOST_TEST(text ==
             "   begun      took\n"
             "     4 ms     10 ms  the chart\\x1b[1m\n"
             "   100 ms    250 ms  helm upgrade\n"
             "Helm was answered 40 requests. The slowest of 12 requests to the API server:\n"
             "              60 ms  GET /version (200)\n");
}

BOOST_AUTO_TEST_SUITE_END()
