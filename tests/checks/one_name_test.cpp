#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

// An upgrade with these values.
state::State with(std::string const& to, std::map<std::string, std::string> values) {
  auto state = upgrade(to, to);
  state.values = state::Values{std::move(values)};
  return state;
}

std::map<std::string, std::string> const both{{"cemanager.replicas", "2"}, {"coderd.replicas", "3"}};

}  // namespace

BOOST_AUTO_TEST_SUITE(one_name)

BOOST_AUTO_TEST_CASE(one_name_passes) {
  BOOST_TEST(passes("one-name", with("1.26.1", {{"cemanager.replicas", "2"}})));
  BOOST_TEST(passes("one-name", with("1.28.7", {{"coderd.replicas", "2"}})));
}

BOOST_AUTO_TEST_CASE(two_that_disagree_are_a_finding_that_says_which_one_counts) {
  auto const message = [](std::string const& to) { return finding_of("one-name", with(to, both)).message; };
  BOOST_TEST(message("1.26.1") ==
             "it is set, and so is coderd.replicas, its new name; charts from 1.21.0 on take cemanager.replicas, and from 1.27.0 on coderd.replicas, so with "
             "1.26.1 cemanager.replicas counts");
  BOOST_TEST(message("1.27.4").ends_with("so with 1.27.4 coderd.replicas counts"));
  BOOST_TEST(message("1.28.7").ends_with("so with 1.28.7 coderd.replicas counts"));
  BOOST_TEST(remedy_of(finding_of("one-name", with("1.26.1", both))) == "Keep the one that says what you want, under the name coderd.replicas.");
}

BOOST_AUTO_TEST_CASE(two_that_agree_an_empty_old_one_and_a_chart_that_knows_no_new_name_pass) {
  BOOST_TEST(passes("one-name", with("1.26.1", {{"cemanager.replicas", "2"}, {"coderd.replicas", "2"}})));
  BOOST_TEST(passes("one-name", with("1.26.1", {{"storageClassName", "\"\""}, {"postgres.default.storageClassName", "\"fast\""}})));
  BOOST_TEST(passes("one-name", with("1.20.0", both)));
}

BOOST_AUTO_TEST_CASE(what_is_masked_may_disagree) {
  BOOST_TEST(finding_of("one-name", with("1.26.1", {{"serviceTolerations", state::Values::masked}, {"services.tolerations", state::Values::masked}})).object ==
             "serviceTolerations");
}

BOOST_AUTO_TEST_CASE(unknown_values_are_not_verified) {
  auto state = healthy();
  state.values = state::Unknown{"you may not read Secrets", ""};
  BOOST_TEST(unverified_of("one-name", state).why == "you may not read Secrets");
}

BOOST_AUTO_TEST_SUITE_END()
