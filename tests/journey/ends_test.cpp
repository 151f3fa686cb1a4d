#include "journey/ends.h"

#include <boost/test/unit_test.hpp>

#include "checks/knowledge.h"

namespace {

std::string way(journey::Asked const& asked, state::Knowledge const& known = checks::knowledge()) {
  auto const found = journey::ends(asked, known);
  if (auto const* sentence = std::get_if<std::string>(&found)) return *sentence;
  auto const& ends = std::get<journey::Ends>(found);
  return base::to_text(ends.from) + " " + base::to_text(ends.to);
}

std::string to(std::string const& version) { return way({.from = "1.20.0", .to = version}); }

}  // namespace

BOOST_AUTO_TEST_SUITE(the_ends_of_the_way)

BOOST_AUTO_TEST_CASE(without_an_end_it_is_the_newest_that_is_known) { BOOST_TEST(to("") == "1.20.0 1.44.4"); }

BOOST_AUTO_TEST_CASE(a_line_stands_for_its_newest_patch_that_works) {
  BOOST_TEST(to("1.21") == "1.20.0 1.21.7");
  BOOST_TEST(way({.from = "1.20.0", .to = "1.21", .index = {"1.21.3", "1.21.2"}}) == "1.20.0 1.21.3");
}

BOOST_AUTO_TEST_CASE(where_one_is_already_is_a_way_of_no_length) {
  BOOST_TEST(way({.from = "1.44.4", .installed = true}) == "1.44.4 1.44.4");
}

BOOST_AUTO_TEST_CASE(no_way_leads_back) {
  BOOST_TEST(way({.from = "1.22.3", .to = "1.21.7"}).starts_with("--from 1.22.3 is newer than 1.21.7: no upgrade leads back"));
  BOOST_TEST(way({.from = "1.22.3", .to = "1.21.7", .installed = true}).starts_with("the release is on Coder 1.22.3, which is newer than 1.21.7"));
  BOOST_TEST(way({.from = "1.46.0", .installed = true}).starts_with("the release is on Coder 1.46.0, which is newer than 1.44.4, the newest that"));
}

BOOST_AUTO_TEST_CASE(no_way_leads_to_a_version_that_is_known_to_break) {
  BOOST_TEST(to("1.34.0").starts_with("Coder 1.34.0 is no version to go to: it does not start"));
  BOOST_TEST(to("1.34.0").ends_with("take 1.34.1"));
}

BOOST_AUTO_TEST_CASE(no_way_leads_to_another_product) {
  for (auto const* version : {"2.1.0", "2.1", "0.9.0"}) BOOST_TEST(to(version).find(" is another product than Coder 1") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_version_that_was_never_released_is_told_from_one_that_is_too_new_to_be_known) {
  BOOST_TEST(to("1.34.9") == "no Coder 1.34.9 is known; the newest of 1.34 is 1.34.3");
  BOOST_TEST(way({.from = "1.20.3"}) == "no Coder 1.20.3 is known; the newest of 1.20 is 1.20.0");
  BOOST_TEST(to("1.44.9") == "1.20.0 1.44.9");
  BOOST_TEST(to("1.45.0") == "1.20.0 1.45.0");
  BOOST_TEST(way({.from = "1.20.0", .to = "1.34.9", .index = {"1.34.9"}}) == "1.20.0 1.34.9");
  BOOST_TEST(way({.from = "1.20.3", .installed = true}) == "1.20.3 1.44.4");
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_said) {
  BOOST_TEST(to("1.45").starts_with("no version of 1.45 is known; write all of it, such as 1.45.0"));
  BOOST_TEST(to("1.99.0").starts_with("Coder 1.99.0 is too far from 1.44.4"));
  BOOST_TEST(way({.from = "1.14.4"}) == "nothing is known of Coder 1.14.4: the oldest release line that this program knows is 1.15");
  BOOST_TEST(way({.from = "new"}) == "the version \"new\" that the way would begin at can't be read");
}

BOOST_AUTO_TEST_SUITE_END()
