#include "clients/clock.h"

#include <boost/test/unit_test.hpp>

using clients::format_time;
using clients::parse_time;

BOOST_AUTO_TEST_SUITE(clock_)

BOOST_AUTO_TEST_CASE(a_time_goes_there_and_back) {
  BOOST_TEST(parse_time("2026-01-31T12:00:00Z").value() == 1769860800);
  BOOST_TEST(format_time(1769860800) == "2026-01-31T12:00:00Z");
  BOOST_TEST(format_time(0) == "1970-01-01T00:00:00Z");
}

BOOST_AUTO_TEST_CASE(offsets_and_fractions_as_helm_writes_them_are_read) {
  BOOST_TEST(parse_time("2026-01-31T13:30:00.123456789+01:30").value() == 1769860800);
  BOOST_TEST(parse_time("2026-01-31T08:00:00-04:00").value() == 1769860800);
}

BOOST_AUTO_TEST_CASE(what_is_no_time_is_nothing) {
  for (auto const* text : {"", "now", "2026-01-31", "2026-02-30T00:00:00Z", "2026-01-31T12:00:00",
                           "2026-01-31T25:00:00Z", "2026-01-31T12:00:00Zx", "-026-01-31T12:00:00Z"})
    BOOST_TEST(!parse_time(text).has_value(), text);
}

BOOST_AUTO_TEST_SUITE_END()
