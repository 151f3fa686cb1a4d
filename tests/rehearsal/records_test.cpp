#include "rehearsal/records.h"

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(records)

BOOST_AUTO_TEST_CASE(the_name_of_a_record_is_found_in_a_body_that_is_no_json) {
  using namespace std::string_literals;
  BOOST_TEST(rehearsal::record_name_in("k8s\0\n\x0c\n\x02v1\x12\x06Secret\x12\n\x1csh.helm.release.v1.coder.v12\x12\0\x1a\x00"s) == "sh.helm.release.v1.coder.v12");
  BOOST_TEST(rehearsal::record_name_in("k8s\0\n\x0csh.helm.release.v1.a.v1"s) == "sh.helm.release.v1.a.v1");
  BOOST_TEST(rehearsal::record_name_in("k8s\0\n\x0csomething else"s) == "");
}

BOOST_AUTO_TEST_SUITE_END()
