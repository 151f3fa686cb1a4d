#include <boost/test/unit_test.hpp>

#include "base/text.h"
#include "report/finding.h"

namespace {

std::string printed(std::vector<std::string> const& arguments, state::Request const& request) {
  return base::join(report::words(report::helm_coder(arguments), request), " ");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(words_of_a_command)

BOOST_AUTO_TEST_CASE(what_was_said_of_the_database_and_the_images_is_said_again) {
  state::Request request;
  request.database_snapshot = "taken", request.check_images = true;
  BOOST_TEST(printed({"upgrade", "--version", "1.21.7"}, request) == "helm coder upgrade --version 1.21.7 --database-snapshot taken --check-images");
  BOOST_TEST(printed({"upgrade", "--database-snapshot", "taken"}, request) == "helm coder upgrade --database-snapshot taken --check-images");
}

BOOST_AUTO_TEST_CASE(a_command_that_does_not_take_it_is_left_as_it_is) {
  state::Request request;
  request.database_snapshot = "taken", request.check_images = true;
  BOOST_TEST(printed({"recover"}, request) == "helm coder recover");
  BOOST_TEST(printed({"explain", "HC511"}, request) == "helm coder explain HC511");
}

BOOST_AUTO_TEST_SUITE_END()
