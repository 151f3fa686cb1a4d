#include "collect/version.h"

#include <boost/test/unit_test.hpp>

using collect::Choice;
using collect::choose_version;
using collect::NoSuchVersion;

namespace {

std::vector<std::string> const versions{"1.23.0-rc.1", "1.22.3", "1.22.0", "1.21.10", "1.21.7", "1.21.0", "1.20.0"};

std::string chosen(std::string const& asked, bool devel = false) {
  auto const choice = choose_version(versions, asked, devel);
  auto const* found = std::get_if<Choice>(&choice);
  return found ? found->version : std::get<NoSuchVersion>(choice).why;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(version)

BOOST_AUTO_TEST_CASE(nothing_asked_is_the_latest_release) {
  BOOST_TEST(chosen("") == "1.22.3");
  BOOST_TEST(std::get<Choice>(choose_version(versions, "")).told == "1.22.3, the latest");
}

BOOST_AUTO_TEST_CASE(with_devel_it_is_the_latest_of_all) { BOOST_TEST(chosen("", true) == "1.23.0-rc.1"); }

BOOST_AUTO_TEST_CASE(a_line_is_its_newest_patch_by_number) {
  BOOST_TEST(chosen("1.21") == "1.21.10");
  BOOST_TEST(std::get<Choice>(choose_version(versions, "1.21")).told == "1.21.10, the newest of 1.21");
  BOOST_TEST(chosen("1") == "1.22.3");
}

BOOST_AUTO_TEST_CASE(a_whole_version_is_that_one) {
  BOOST_TEST(chosen("1.21.7") == "1.21.7");
  BOOST_TEST(chosen("v1.21.7") == "1.21.7");
  BOOST_TEST(chosen("1.23.0-rc.1") == "1.23.0-rc.1");
}

BOOST_AUTO_TEST_CASE(an_unknown_version_names_its_neighbours) {
  BOOST_TEST(chosen("1.21.11") == "there is no version 1.21.11; the nearest are 1.21.10 and 1.22.0");
  BOOST_TEST(chosen("1.99") == "there is no version 1.99; the nearest is 1.22.3");
  BOOST_TEST(chosen("1.23.0") == "there is no version 1.23.0; the nearest is 1.22.3");
  BOOST_TEST(chosen("1.1.0") == "there is no version 1.1.0; the nearest is 1.20.0");
}

BOOST_AUTO_TEST_CASE(a_range_is_left_to_helm) { BOOST_TEST(chosen("~1.21") == "~1.21"); }

BOOST_AUTO_TEST_CASE(an_index_without_a_fit_says_so) {
  BOOST_TEST(std::get<NoSuchVersion>(choose_version({}, "")).why ==
             "the repository's cached index has no version of it");
  BOOST_TEST(std::get<NoSuchVersion>(choose_version({"1.0.0-rc.1"}, "")).why ==
             "there are only pre-releases; the newest is 1.0.0-rc.1");
}

BOOST_AUTO_TEST_SUITE_END()
