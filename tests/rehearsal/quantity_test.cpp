#include "rehearsal/quantity.h"

#include <boost/test/unit_test.hpp>

using base::Json;
using rehearsal::Quantity;

namespace {

Quantity of(char const* text) {
  auto const quantity = Quantity::of(Json(text));
  BOOST_REQUIRE_MESSAGE(quantity, text);
  return *quantity;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(quantity)

BOOST_AUTO_TEST_CASE(the_same_amount_is_the_same_however_it_is_written) {
  BOOST_TEST((of("1") == of("1000m")));
  BOOST_TEST((of("0.5") == of("500m")));
  BOOST_TEST((of("1Gi") == of("1024Mi")));
  BOOST_TEST((of("1Gi") == of("1073741824")));
  BOOST_TEST((of("1e3") == of("1k")));
  BOOST_TEST((of("12E2") == of("1200")));
  BOOST_TEST((of("1.5E") == of("1500P")));
  BOOST_TEST((of("100e-1") == of("10")));
  BOOST_TEST((of("+3") == of("3")));
  BOOST_TEST((of("1Gi") > of("1G")));
  BOOST_TEST((of("-1") < of("0")));
  BOOST_TEST((*Quantity::of(Json(2)) == of("2")));
}

BOOST_AUTO_TEST_CASE(what_is_finer_than_a_billionth_is_rounded_up) {
  BOOST_TEST((of("0.0000000001") == of("1n")));
  BOOST_TEST((of("0e-30") == of("0")));
}

BOOST_AUTO_TEST_CASE(what_is_none_or_too_much_is_nothing) {
  for (auto const* text : {"", ".", "x", "1x", "1 Gi", "1ki", "1.2.3", "e3", "1e", "1e99", "--1", "10Ei", "9999999999999999999999999999999999999999"})
    BOOST_TEST(!Quantity::of(Json(text)), text);
  BOOST_TEST(!Quantity::of(Json()));
  BOOST_TEST(!Quantity::of(Json(true)));
}

BOOST_AUTO_TEST_CASE(it_adds_up_exactly) {
  Quantity sum;
  for (int i = 0; i < 10; ++i) sum += of("100m");
  BOOST_TEST((sum == of("1")));
  BOOST_TEST((of("250m").times(4) == of("1")));
  BOOST_TEST((of("7Ei").times(1'000'000) > of("7Ei").times(999'999)));
  BOOST_TEST((of("1").times(-2) == of("-2")));
}

BOOST_AUTO_TEST_CASE(it_is_written_as_people_write_it) {
  BOOST_TEST(of("1500m").text() == "1500m");
  BOOST_TEST(of("2.0").text() == "2");
  BOOST_TEST(of("3u").text() == "3000n");
  BOOST_TEST(of("-5").text() == "-5");
  BOOST_TEST(of("1536Mi").binary_text() == "1536Mi");
  BOOST_TEST(of("1000").binary_text() == "1000");
  BOOST_TEST(of("0").binary_text() == "0");
}

BOOST_AUTO_TEST_SUITE_END()
