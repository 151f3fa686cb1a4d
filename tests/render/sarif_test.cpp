#include <boost/test/unit_test.hpp>

#include "base/json.h"
#include "base/text.h"
#include "golden.h"
#include "render/fits.h"
#include "render/hostile.h"

namespace {

std::string_view page_of(std::string_view code) { return code == "HC302" ? "# HC302 immutable-fields\n\n**Problem.** It is.\n" : ""; }

struct Troubled {
  report::Report report = invented::troubled();
  report::Subject subject = invented::subject();
  state::Request request = invented::request();
  render::Document document{.report = report, .subject = subject, .request = request, .at = 1627300800, .page_of = page_of};
};

constexpr char const* schema = "tests/render/sarif-2.1.0-reduced.json";

base::Json run_of(render::Document const& document) {
  auto const text = render::sarif(document);
  BOOST_TEST(fits(text, schema));
  auto const json = base::parse_json(text);
  BOOST_REQUIRE(json);
  return (*json)["runs"].items().front();
}

// The first result of a check.
base::Json result_of(base::Json const& run, std::string_view code) {
  for (auto const& result : run["results"].items())
    if (result["ruleId"].str() == code) return result;
  return {};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(in_sarif)

BOOST_FIXTURE_TEST_CASE(a_rule_for_each_check_and_a_result_for_each_finding, Troubled) {
  auto const run = run_of(document);
  check_golden("preflight.sarif", render::sarif(document));
  auto const& rules = run["tool"]["driver"]["rules"].items();
  BOOST_TEST(rules.size() == report.lines.size());
  for (auto const& result : run["results"].items())
    BOOST_TEST(rules.at(static_cast<std::size_t>(result["ruleIndex"].int_or(-1)))["id"].str() == result["ruleId"].str());
  BOOST_TEST(rules[2]["help"]["text"].str() == page_of("HC302"));
  BOOST_TEST(run["invocations"].items()[0]["exitCode"].int_or(-1) == report::forbidden);
}

BOOST_FIXTURE_TEST_CASE(what_is_not_verified_is_open_and_has_no_level, Troubled) {
  auto const result = result_of(run_of(document), "HC503");
  BOOST_TEST(result["kind"].str() == "open");
  BOOST_TEST(result["level"].str() == "none");
}

BOOST_FIXTURE_TEST_CASE(an_ignored_error_is_a_warning_that_says_so, Troubled) {
  auto const result = result_of(run_of(document), "HC304");
  BOOST_TEST(result["level"].str() == "warning");
  BOOST_TEST(result["properties"]["ignored"].bool_or(false));
  auto const& suppression = result["suppressions"].items().at(0);
  BOOST_TEST(suppression["justification"].str() == "an error, ignored until 2026-12-31: the old chart's account, ticket #42");
}

BOOST_FIXTURE_TEST_CASE(a_key_points_into_the_file_of_values, Troubled) {
  document.values_files = {{"deploy/my values.yaml", "coderd:\n  replicas: 1\n  image: coder:1.20.0\n"}};
  auto const location = result_of(run_of(document), "HC404")["locations"].items().at(0);
  BOOST_TEST(location["physicalLocation"]["artifactLocation"]["uri"].str() == "deploy/my%20values.yaml");
  BOOST_TEST(location["physicalLocation"]["region"]["startLine"].int_or(0) == 3);
  BOOST_TEST(location["physicalLocation"]["region"]["startColumn"].int_or(0) == 3);
  BOOST_TEST(location["logicalLocations"].items().at(0)["fullyQualifiedName"].str() == "coderd.image");
  document.values_files[0].name = "/etc/v.yaml";
  auto const absolute = result_of(run_of(document), "HC404")["locations"].items().at(0);
  BOOST_TEST(absolute["physicalLocation"]["artifactLocation"]["uri"].str() == "file:///etc/v.yaml");
}

BOOST_FIXTURE_TEST_CASE(without_the_file_or_its_key_there_is_a_name, Troubled) {
  document.values_files = {{"v.yaml", "coderd:\n  replicas: 1\n"}};
  auto const location = result_of(run_of(document), "HC404")["locations"].items().at(0);
  BOOST_TEST(!location.has("physicalLocation"));
  BOOST_TEST(location["logicalLocations"].items().at(0)["fullyQualifiedName"].str() == "coderd.image");
}

BOOST_FIXTURE_TEST_CASE(a_field_of_an_object_is_no_key, Troubled) {
  document.values_files = {{"v.yaml", "spec: 1\n"}};  // HC302 has a finding about StatefulSet/timescale, spec
  auto const run = run_of(document);
  for (auto const& result : run["results"].items()) BOOST_TEST(!result["locations"].items().at(0).has("physicalLocation"));
}

BOOST_AUTO_TEST_CASE(hostile_words_stay_words) {
  hostile::Everything const all;
  auto const run = run_of(all.document());
  BOOST_TEST(base::printable(render::sarif(all.document()), false) == render::sarif(all.document()));
  auto const message = result_of(run, "HC302")["message"]["text"].str();
  BOOST_TEST(message.find("\\x1b[2J") != std::string::npos);
  BOOST_TEST(message.find("](") == std::string::npos);  // would be a link
}

BOOST_FIXTURE_TEST_CASE(the_schema_refuses_what_is_not_so, Troubled) {
  auto text = render::sarif(document);
  for (auto const& [good, bad] : std::vector<std::pair<std::string, std::string>>{
           {"\"level\": \"error\"", "\"level\": \"fatal\""}, {"\"version\": \"2.1.0\"", "\"version\": \"3\""}, {"\"ruleId\"", "\"rule\""},
           {"\"locations\"", "\"places\""}, {"\"kind\": \"open\"", "\"kind\": \"maybe\""}, {"\"executionSuccessful\"", "\"successful\""}}) {
    auto odd = text;
    auto const at = odd.find(good);
    BOOST_REQUIRE(at != std::string::npos);
    BOOST_TEST(!fits(odd.replace(at, good.size(), bad), schema), bad);
  }
}

BOOST_AUTO_TEST_SUITE_END()
