#include "checks/stops.h"

#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "checks/knowledge.h"

namespace {

std::string way(std::string_view from, std::string_view to, std::vector<std::string> const& index = {}) {
  return base::join(checks::stops(checks::knowledge(), base::parse_version(from).value(), base::parse_version(to).value(), index), " ");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_way_from_one_version_to_another)

BOOST_AUTO_TEST_CASE(stops_at_the_newest_patch_of_each_line) {
  BOOST_TEST(way("1.22.3", "1.25.0") == "1.23.1 1.24.0 1.25.0");
}

BOOST_AUTO_TEST_CASE(leaves_1_21_from_its_newest_patch_and_any_other_line_from_wherever_it_is) {
  BOOST_TEST(way("1.21.0", "1.22.3") == "1.21.7 1.22.3");
  BOOST_TEST(way("1.21.7", "1.22.3") == "1.22.3");
  BOOST_TEST(way("1.20.0", "1.22.3") == "1.21.7 1.22.3");
  BOOST_TEST(way("1.25.0", "1.26.4") == "1.26.4");
}

BOOST_AUTO_TEST_CASE(within_a_line_is_one_hop) {
  BOOST_TEST(way("1.21.0", "1.21.7") == "1.21.7");
  BOOST_TEST(way("1.34.1", "1.34.1") == "1.34.1");
}

BOOST_AUTO_TEST_CASE(never_stops_at_what_was_withdrawn_or_does_not_start) {
  auto known = checks::knowledge();
  known.lines = {{.line = "1.20"}, {.line = "1.21"}, {.line = "1.22"}};
  known.releases = {{.version = "1.21.0"}, {.version = "1.21.1", .fatal = true}, {.version = "1.21.2", .withdrawn = true}};
  BOOST_TEST(checks::newest_patch(known, "1.21", {}) == "1.21.0");
  BOOST_TEST(checks::newest_patch(known, "1.21", {"1.21.2", "1.21.1"}) == "1.21.0");
}

BOOST_AUTO_TEST_CASE(takes_what_the_repository_has_before_what_coder_released) {
  BOOST_TEST(way("1.20.0", "1.22.3", {"1.22.3", "1.21.4", "1.21.5-rc.1"}) == "1.21.4 1.22.3");
}

BOOST_AUTO_TEST_CASE(names_lines_that_are_not_known_as_lines_and_not_endlessly) {
  BOOST_TEST(way("1.44.4", "1.47.0") == "1.45 1.46 1.47.0");
  BOOST_TEST(checks::stops(checks::knowledge(), {1, 44, 4, {}}, {1, 2'000'000'000, 0, {}}, {}).size() ==
             static_cast<std::size_t>(checks::most_unknown_lines) + 1);
}

BOOST_AUTO_TEST_CASE(the_newest_known_is_of_the_last_line) { BOOST_TEST(checks::newest_known(checks::knowledge()) == "1.44.4"); }

BOOST_AUTO_TEST_CASE(kubernetes_fits_by_its_lines_whatever_a_provider_adds) {
  state::KubernetesRange const range{.at_least = "1.19", .at_most = "1.21"};
  auto const judged = [&](std::string_view version) { return checks::fit(range, base::parse_version(version).value()); };
  BOOST_TEST((judged("1.18.20") == checks::Fit::too_old));
  BOOST_TEST((judged("v1.19.0-eks-1") == checks::Fit::fits));
  BOOST_TEST((judged("1.21.14-gke.100") == checks::Fit::fits));
  BOOST_TEST((judged("1.22.0") == checks::Fit::too_new));
  BOOST_TEST(checks::in_words(range) == "1.19 to 1.21");
  BOOST_TEST(checks::in_words({.at_least = "1.19"}) == "1.19 or newer");
  BOOST_TEST(checks::in_words({.at_most = "1.21"}) == "1.21 or older");
}

BOOST_AUTO_TEST_CASE(a_range_of_kubernetes_ends_before_its_last_version) {
  auto const* range = checks::kubernetes_range(checks::knowledge(), {1, 28, 0, {}}, true);
  BOOST_REQUIRE(range);
  BOOST_TEST(range->at_least == "1.21");
  BOOST_TEST(checks::kubernetes_range(checks::knowledge(), {1, 28, 1, {}}, true)->at_least == "1.19");
  BOOST_TEST((checks::kubernetes_range(checks::knowledge(), {1, 33, 0, {}}, false) == nullptr));
}

BOOST_AUTO_TEST_SUITE_END()
