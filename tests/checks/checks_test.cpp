#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "base/text.h"
#include "checks/healthy.h"

// What holds for every check, whatever it looks at.
namespace {

namespace fs = std::filesystem;
fs::path const root = SOURCE_DIR;

std::string text_of(fs::path const& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string file_name(checks::Check const& check) {
  std::string name(check.name);
  for (char& c : name)
    if (c == '-') c = '_';
  return name;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// A row of docs/checks.md.
std::string row_of(checks::Check const& check) {
  std::string row = "| ";
  row += check.code, row += " ", row += check.name, row += " | ", row += check.summary;
  return row + (check.severity == report::Severity::error ? " | error |" : " | warning |");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(every_check)

BOOST_AUTO_TEST_CASE(has_a_code_of_its_own_and_they_ascend) {
  std::string_view before;
  for (auto const* check : checks::all()) {
    BOOST_TEST((check->code > before), check->code << " comes after " << before);
    BOOST_TEST((check->code.size() == 5 && check->code.starts_with("HC")), check->code);
    before = check->code;
  }
}

BOOST_AUTO_TEST_CASE(has_a_name_and_a_summary_of_its_own) {
  std::set<std::string_view> names, summaries;
  for (auto const* check : checks::all()) {
    BOOST_TEST(names.insert(check->name).second, check->name);
    BOOST_TEST(summaries.insert(check->summary).second, check->summary);
    BOOST_TEST((!check->summary.empty() && !check->summary.ends_with('.')), check->summary);
  }
}

BOOST_AUTO_TEST_CASE(is_a_file_of_its_name_and_every_file_is_listed) {
  std::set<std::string> listed;
  for (auto const* check : checks::all()) listed.insert(file_name(*check));
  std::set<std::string> found;
  for (auto const& file : fs::directory_iterator(root / "checks"))
    if (file.path().extension() == ".cpp" &&
        has(text_of(file.path()), "Check const " + file.path().stem().string() + "{"))
      found.insert(file.path().stem());
  BOOST_CHECK_EQUAL_COLLECTIONS(listed.begin(), listed.end(), found.begin(), found.end());
}

BOOST_AUTO_TEST_CASE(has_a_page_with_problem_solution_and_a_command) {
  for (auto const* check : checks::all()) {
    auto const heading = "# " + std::string(check->code) + " " + std::string(check->name) + "\n";
    BOOST_TEST(check->page.starts_with(heading), check->name << ": its page does not begin with " << heading);
    for (auto const* part : {"\n**Problem.** ", "\n**Solution.** ", "\n```\n"})
      BOOST_TEST(has(check->page, part), check->name << ": its page lacks " << part);
    BOOST_TEST((check->page == text_of(root / "checks" / (file_name(*check) + ".md"))), check->name);
  }
}

BOOST_AUTO_TEST_CASE(prints_commands_of_ours_on_its_page_that_can_be_run) {
  for (auto const* check : checks::all()) {
    for (auto const& line : base::split(check->page, '\n')) {
      auto const start = line.find("helm coder ");
      if (!line.starts_with("$ ") || start == std::string::npos) continue;
      BOOST_TEST(is_taken(base::split(line.substr(start + 11), ' ')), check->name);
    }
  }
}

BOOST_AUTO_TEST_CASE(has_a_test_with_a_good_a_bad_and_a_not_verified_row) {
  for (auto const* check : checks::all()) {
    auto const test = text_of(root / "tests/checks" / (file_name(*check) + "_test.cpp"));
    BOOST_TEST(has(test, "\"" + std::string(check->name) + "\""), check->name << " has no test");
    for (auto const* row : {"passes(|size() == 0|.empty()", "finding", "unverified"}) {
      auto const ways = base::split(row, '|');
      bool const any = std::any_of(ways.begin(), ways.end(), [&](auto const& way) { return has(test, way); });
      BOOST_TEST(any, check->name << ": its test has no row with " << row);
    }
  }
}

BOOST_AUTO_TEST_CASE(passes_when_all_is_well) {
  for (auto const* check : checks::all()) BOOST_TEST(passes(check->name, healthy()), check->name);
}

BOOST_AUTO_TEST_CASE(says_not_verified_when_nothing_was_seen) {
  for (auto const* check : checks::all()) {
    auto const outcome = outcome_of(check->name, state::State{});
    BOOST_TEST(outcome.findings.empty(), check->name);
    BOOST_TEST(!outcome.unverified.empty(), check->name);
  }
}

// What was not reached is never "fine".
BOOST_AUTO_TEST_CASE(of_objects_says_not_verified_when_helm_stopped_before_them) {
  auto state = healthy();
  stop_at_rendering(state);
  for (auto const* check : checks::all()) {
    if (!check->code.starts_with("HC3") || check->name == "rehearsal-ended") continue;
    auto const outcome = outcome_of(check->name, state);
    BOOST_TEST(!outcome.unverified.empty(), check->name);
  }
}

BOOST_AUTO_TEST_CASE(is_in_the_table_of_the_documentation) {
  // Its last column, in which test it was seen firing, is tests/seen_firing_test.py's.
  std::string rows, expected;
  for (auto const& line : base::split(text_of(root / "docs/checks.md"), '\n'))
    if (line.starts_with("| HC")) rows += line.substr(0, line.rfind('|', line.rfind('|') - 1) + 1) + "\n";
  for (auto const* check : checks::all()) expected += row_of(*check) + "\n";
  BOOST_TEST((rows == expected), "docs/checks.md should have these rows:\n" << expected);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(judging)

BOOST_AUTO_TEST_CASE(an_ignored_error_is_a_warning_that_is_still_shown) {
  auto state = healthy();
  state.helm = state::Helm{"/usr/bin/helm", "3.5.4"};
  auto const report = checks::judge(state, {{.check = "HC101"}});
  BOOST_TEST(report.lines.front().ignored);
  BOOST_TEST((report.lines.front().result == report::Result::warning));
  BOOST_TEST(report.lines.front().outcome.findings.size() == 1u);
}

BOOST_AUTO_TEST_CASE(what_is_ignored_does_not_count_even_when_strict) {
  auto state = healthy();
  state.repository = state::Repository{.needed = true, .name = "coder", .added = true, .index_age = 3 * 86400, .versions = {"1.20.0"}};
  auto const judged = [&](std::vector<report::Ignore> const& ignored) { return report::verdict(checks::judge(state, ignored), true); };
  report::Ignore ignore{.check = "index-fresh", .reason = "no network here", .until = "2026-12-31"};
  BOOST_TEST(judged({}) == report::doubtful);
  BOOST_TEST(judged({ignore}) == report::fine);
  ignore.expired = true;
  BOOST_TEST(judged({ignore}) == report::doubtful);
}

BOOST_AUTO_TEST_CASE(of_several_that_ignore_a_check_the_one_counts_that_has_not_expired_and_says_why) {
  auto state = healthy();
  state.helm = state::Helm{"/usr/bin/helm", "3.5.4"};
  report::Ignore const flag{.check = "HC101"}, old{.check = "HC101", .reason = "old", .until = "2020-01-01", .expired = true}, good{.check = "helm-version", .reason = "good"};
  auto const chosen = [&](std::vector<report::Ignore> const& all) { return checks::judge(state, all).lines.front().ignore->reason; };
  BOOST_TEST(chosen({flag, old}) == "");
  BOOST_TEST(chosen({old, flag}) == "");
  BOOST_TEST(chosen({flag, old, good}) == "good");
}

BOOST_AUTO_TEST_CASE(limits_are_those_that_were_set) {
  auto state = healthy();
  state.repository = state::Repository{.needed = true, .name = "coder", .added = true, .index_age = 3 * 86400, .versions = {"1.20.0"}};
  rehearsal_of(state).record_bytes = 950 * 1024;
  rehearsal_of(state).certificates = {{.name_space = "coder", .secret = "tls", .users = {"Ingress/web"}, .not_after = state.now + 8 * 86400}};
  std::get<state::Database>(state.database).connections_used = std::get<state::Database>(state.database).connections - 25;
  for (auto const* name : {"index-fresh", "record-size", "certificates-in-time", "database-connections"}) BOOST_TEST(!passes(name, state), name);
  state.thresholds = {.index_seconds = 7 * 86400, .record_percent = 95, .certificate_seconds = 7 * 86400, .connections_per_replica = 20};
  for (auto const* name : {"index-fresh", "record-size", "certificates-in-time", "database-connections"}) BOOST_TEST(passes(name, state), name);
}

BOOST_AUTO_TEST_CASE(what_must_not_be_ignored_stays_an_error) {
  auto const report = checks::judge(upgrade("1.22.0", "1.21.7"), {{.check = "no-jump-back"}});
  for (auto const& line : report.lines)
    if (line.name == "no-jump-back") BOOST_TEST((line.result == report::Result::error));
  BOOST_TEST(report::verdict(report, false) == report::forbidden);
}

BOOST_AUTO_TEST_CASE(a_healthy_upgrade_is_fine_even_when_strict) {
  BOOST_TEST(report::verdict(checks::judge(healthy(), {}), true) == report::fine);
}

BOOST_AUTO_TEST_SUITE_END()
