#include "checks/waiting.h"

#include <boost/test/unit_test.hpp>

#include "checks/check.h"

using report::Result;

namespace {

report::Line line(std::string code, std::string name, Result result) {
  report::Line made{.code = std::move(code), .name = std::move(name), .result = result};
  if (result == Result::not_verified) made.outcome.unverified = {{"", "it can't be seen", ""}};
  else if (result != Result::passed) made.outcome.findings = {{"Pod/a", "", "it is so", report::Advice{"Do it."}}};
  return made;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(waiting)

BOOST_AUTO_TEST_CASE(what_may_pass_by_itself_are_checks_that_there_are) {
  int count = 0;
  for (auto const* check : checks::all()) count += checks::may_pass_by_itself(check->name);
  BOOST_TEST(count == 5);
  BOOST_TEST((checks::may_pass_by_itself("no-operation") && !checks::may_pass_by_itself("immutable-fields")));
}

BOOST_AUTO_TEST_CASE(it_is_worth_waiting_for_findings_and_not_for_what_could_not_be_seen) {
  auto const found = checks::awaited({{line("HC202", "no-operation", Result::error), line("HC312", "workloads-ready", Result::warning),
                                       line("HC305", "terminating", Result::not_verified), line("HC508", "database-quiet", Result::passed)}});
  BOOST_REQUIRE(found.lines.size() == 2u);
  BOOST_TEST((found.lines[0].code == "HC202" && found.lines[1].code == "HC312" && found.stands.empty()));
}

BOOST_AUTO_TEST_CASE(an_error_that_stays_makes_waiting_vain_and_what_is_ignored_does_not_count) {
  auto ignored = line("HC312", "workloads-ready", Result::warning), held = line("HC305", "terminating", Result::error);
  ignored.ignored = true;
  auto const found = checks::awaited({{ignored, held, line("HC302", "immutable-fields", Result::error), line("HC311", "overwritten-changes", Result::warning)}});
  BOOST_TEST((found.lines.size() == 1u && found.lines[0].code == "HC305"));
  BOOST_TEST(found.stands == std::vector<std::string>{"HC302"}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
