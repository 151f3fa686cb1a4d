#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

BOOST_AUTO_TEST_SUITE(other_product)

BOOST_AUTO_TEST_CASE(a_chart_of_coder_1_passes) { BOOST_TEST(passes("other-product", healthy())); }

BOOST_AUTO_TEST_CASE(a_chart_of_coder_2_is_forbidden_and_any_other_chart_is_not) {
  for (auto const* version : {"2.9.1", "0.27.0"}) {
    auto state = healthy();
    std::get<state::Target>(state.target).version = version;
    BOOST_TEST(finding_of("other-product", state).object == std::string("chart coder ") + version);
    std::get<state::Target>(state.target).name = "lab";
    BOOST_TEST(passes("other-product", state));
  }
}

BOOST_AUTO_TEST_CASE(a_chart_that_was_not_seen_is_not_verified) {
  auto state = healthy();
  state.target = state::Unknown{"the repository can't be reached", ""};
  BOOST_TEST(unverified_of("other-product", state).why == "the repository can't be reached");
}

BOOST_AUTO_TEST_SUITE_END()
