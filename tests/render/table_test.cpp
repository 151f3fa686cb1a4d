#include "golden.h"
#include "render/invented.h"
#include "render/layout.h"

BOOST_AUTO_TEST_SUITE(table)

namespace {

std::string table(report::Report const& report, render::Look look = {.width = 100}, bool strict = false, bool more_flags = false) {
  auto const subject = invented::subject();
  auto const request = invented::request();
  return render::table({.report = report, .subject = subject, .request = request, .strict = strict, .more_flags = more_flags}, look);
}

}  // namespace

BOOST_AUTO_TEST_CASE(all_is_well) { check_golden("table-clean.txt", table(invented::clean())); }

BOOST_AUTO_TEST_CASE(every_result_and_every_kind_of_remedy) { check_golden("table-troubled.txt", table(invented::troubled())); }

BOOST_AUTO_TEST_CASE(a_reason_that_was_told_in_a_category_is_not_told_again) {
  auto report = invented::troubled();
  auto passed = report.lines.back(), again = report.lines.back();
  passed.code = "HC508", passed.result = report::Result::passed, passed.outcome = {};
  again.code = "HC509", again.summary = "it is nobody else's";
  report.lines.insert(report.lines.end(), {passed, again});
  auto const text = table(report);
  BOOST_TEST(text.find("it is nobody else's                                       as above\n") != std::string::npos, text);
  BOOST_TEST(text.find("Secret coder-db") == text.rfind("Secret coder-db"));
}

BOOST_AUTO_TEST_CASE(a_narrow_terminal_wraps_under_the_text) {
  check_golden("table-narrow.txt", table(invented::troubled(), {.width = 60}));
}

BOOST_AUTO_TEST_CASE(colours_where_they_are_wanted) {
  check_golden("table-colour.txt", table(invented::troubled(), {.colour = true, .width = 100}));
}

BOOST_AUTO_TEST_CASE(flags_that_a_printed_command_lacks_are_mentioned) {
  auto const text = table(invented::clean(), {.width = 100}, false, true);
  BOOST_TEST(text.ends_with("  helm coder upgrade --version 1.21.7 -n coder\n  with the other flags for Helm that you gave here\n"));
}

BOOST_AUTO_TEST_CASE(a_release_that_is_held_says_what_to_do) {
  auto report = invented::clean();
  report.lines.back().result = report::Result::error;
  BOOST_TEST(table(report).find("Another operation holds the release") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(remedies_for_all_errors_become_one_command) {
  auto report = invented::clean();
  for (auto const& line : invented::troubled().lines)
    if (line.code == "HC302" || line.code == "HC306") report.lines.push_back(line);
  auto const command = report::together(report);
  BOOST_REQUIRE(command);
  std::vector<std::string> const expected = {"helm", "coder", "upgrade", "--version", "1.21.7", "--recreate", "Service/d", "--recreate",
                                             "StatefulSet/timescale", "--protect", "Ingress/web-ingress"};
  BOOST_TEST(command->argv == expected, boost::test_tools::per_element());
  BOOST_TEST(!report::together(invented::troubled()));  // the webhook's error needs a person
  BOOST_TEST(!report::together(invented::clean()));
}

BOOST_AUTO_TEST_CASE(text_is_wrapped_at_blanks_and_long_words_stay_whole) {
  std::vector<std::string> const expected = {"one", "two", "a-long-word", "é é é"};
  BOOST_TEST(render::wrapped("one two a-long-word é é é", 5) == expected, boost::test_tools::per_element());
  BOOST_TEST(render::columns_of("√ ‼") == 3u);
}

BOOST_AUTO_TEST_SUITE_END()
