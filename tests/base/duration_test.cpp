#include "base/duration.h"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(duration)

BOOST_AUTO_TEST_CASE(durations_read_as_go_reads_them) {
  for (auto const& [text, seconds] : std::initializer_list<std::pair<char const*, long>>{
           {"300s", 300}, {"5m0s", 300}, {"1h", 3600}, {"1h30m", 5400}, {"1.5h", 5400}, {"1500ms", 2}, {"0", 0}, {"0s", 0}})
    BOOST_TEST(base::parse_duration(text).value_or(-1) == seconds, text);
}

BOOST_AUTO_TEST_CASE(what_is_no_duration_is_none) {
  for (auto const* bad : {"", "300", "5x", "m", "-5m", "5 m", "1..5s", "s5", "99999999999h", "1e3s", "inf"})
    BOOST_TEST(!base::parse_duration(bad), bad);
}

BOOST_AUTO_TEST_CASE(a_duration_is_written_as_go_writes_it) {
  BOOST_TEST(base::go_duration(300) == "5m0s");
  BOOST_TEST(base::go_duration(5) == "5s");
  BOOST_TEST(base::go_duration(5400) == "1h30m0s");
}

BOOST_AUTO_TEST_SUITE_END()
