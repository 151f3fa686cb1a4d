#include <algorithm>
#include <set>

#include <boost/test/unit_test.hpp>
#include <pugixml.hpp>

#include "base/json.h"
#include "base/text.h"
#include "golden.h"
#include "render/hostile.h"
#include "render/places.h"
#include "render/yaml.h"

namespace {

std::string page(std::string_view code) { return "# " + std::string(code) + "\n"; }
std::string_view page_of(std::string_view code) {
  static std::string text;
  return text = page(code);
}

struct Troubled {
  report::Report report = invented::troubled();
  report::Subject subject = invented::subject();
  report::Effects effects = invented::effects();
  state::Request request = invented::request();
  render::Document document{.report = report, .subject = subject, .request = request, .effects = &effects, .at = 1627300800, .page_of = page_of};
};

struct Clean : Troubled {
  Clean() { report = invented::clean(); }
};

bool is_quiet(std::string_view text) { return base::printable(text, false) == text; }

pugi::xml_document parsed(std::string const& text) {
  pugi::xml_document xml;
  auto const result = xml.load_buffer(text.data(), text.size());
  BOOST_REQUIRE_MESSAGE(result, result.description() << " at " << result.offset);
  return xml;
}

std::size_t count_of(pugi::xml_document const& xml, char const* path) { return xml.select_nodes(path).size(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(brief)

BOOST_FIXTURE_TEST_CASE(a_line_for_each_finding_and_for_what_is_not_verified, Troubled) { check_golden("preflight-short.txt", render::brief(document)); }

BOOST_FIXTURE_TEST_CASE(nothing_where_all_is_well, Clean) { BOOST_TEST(render::brief(document) == ""); }

BOOST_AUTO_TEST_CASE(a_finding_never_takes_a_second_line) {
  hostile::Everything const all;
  auto const text = render::brief(all.document());
  BOOST_TEST(is_quiet(text));
  std::set<std::string> told, wanted;
  auto lines = base::split(text, '\n');
  BOOST_TEST(lines.back() == "");
  lines.pop_back();
  for (auto const& line : lines)
    for (auto const& code : base::split(line.substr(0, line.find(' ')), ',')) told.insert(code);
  for (auto const& line : all.report.lines)
    if (!line.outcome.findings.empty() || !line.outcome.unverified.empty()) wanted.insert(line.code);
  BOOST_TEST(told == wanted, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(what_several_checks_say_is_said_once_with_their_codes, Troubled) {
  report.lines.push_back(report.lines.back());
  report.lines.back().code = "HC611";
  report.lines.push_back(report.lines.front());  // it passed
  auto const text = render::brief(document);
  BOOST_TEST(text.find("\nHC502,HC503,HC611 not-verified - -: Secret coder-db can't be read\n") != std::string::npos, text);
  BOOST_TEST(text.find("Secret coder-db") == text.rfind("Secret coder-db"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(in_yaml)

BOOST_FIXTURE_TEST_CASE(it_is_the_document_that_json_is, Troubled) {
  auto const text = render::yaml(document);
  check_golden("preflight.yaml", text);
  std::string why;
  auto const read = base::parse_yaml(text, &why);
  BOOST_REQUIRE_MESSAGE(read, why);
  BOOST_TEST((*read == render::as_json(document)));
}

BOOST_AUTO_TEST_CASE(hostile_words_come_back_as_they_were) {
  hostile::Everything const all;
  auto const text = render::yaml(all.document());
  BOOST_TEST(is_quiet(text));
  std::string why;
  auto const read = base::parse_yaml(text, &why);
  BOOST_REQUIRE_MESSAGE(read, why);
  BOOST_TEST(base::to_text(*read) == base::to_text(render::as_json(all.document())));
}

BOOST_AUTO_TEST_CASE(words_that_look_like_something_else_stay_words) {
  base::Json const json = base::Json::Array{"yes", "0123", "1.10", "null", "~", "", " ", "- a", "a: b", "#", true, nullptr, 12, base::Json::Array{}, base::Json::Object{}};
  std::string why;
  auto const read = base::parse_yaml(render::yaml(json), &why);
  BOOST_REQUIRE_MESSAGE(read, why);
  BOOST_TEST(base::to_text(*read) == "[\"yes\",\"0123\",\"1.10\",\"null\",\"~\",\"\",\" \",\"- a\",\"a: b\",\"#\",true,null,12,[],{}]");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(in_junit)

BOOST_FIXTURE_TEST_CASE(a_test_case_for_each_check, Troubled) {
  auto const text = render::junit(document);
  check_golden("junit.xml", text);
  auto const xml = parsed(text);
  BOOST_TEST(count_of(xml, "/testsuites/testsuite/testcase") == report.lines.size());
  auto const suite = xml.select_node("/testsuites/testsuite").node();
  BOOST_TEST(suite.attribute("tests").as_uint() == report.lines.size());
  BOOST_TEST(suite.attribute("failures").as_uint() == count_of(xml, "//failure"));
  BOOST_TEST(suite.attribute("skipped").as_uint() == count_of(xml, "//skipped"));
  BOOST_TEST(suite.attribute("errors").as_uint() == 0u);
  BOOST_TEST(count_of(xml, "//failure") == report::tally(report).errors);
  BOOST_TEST(count_of(xml, "//skipped") == report::tally(report).unverified + report::tally(report).not_asked);
}

BOOST_FIXTURE_TEST_CASE(a_warning_fails_where_the_exit_code_does, Troubled) {
  auto const warnings = report::tally(report).warnings, errors = report::tally(report).errors;
  BOOST_TEST(count_of(parsed(render::junit(document)), "//failure") == errors);
  document.strict = true;
  auto const ignored = static_cast<std::size_t>(std::count_if(report.lines.begin(), report.lines.end(), [](auto const& line) { return line.ignored; }));
  BOOST_TEST(ignored == 1u);
  BOOST_TEST(count_of(parsed(render::junit(document)), "//failure") == errors + warnings - ignored);
}

BOOST_FIXTURE_TEST_CASE(without_a_rehearsal_there_is_an_error, Clean) {
  report.lines.push_back({.code = "HC301", .name = "rehearsal-ended", .summary = "Helm comes through to the end", .result = report::Result::not_verified,
                          .outcome = {.findings = {}, .unverified = {{"", "there is no cluster", ""}}}});
  auto const xml = parsed(render::junit(document));
  BOOST_TEST(xml.select_node("//error").node().attribute("message").as_string() == std::string("there is no cluster"));
  BOOST_TEST(xml.select_node("/testsuites").node().attribute("errors").as_uint() == 1u);
  BOOST_TEST(count_of(xml, "//skipped") == 0u);
}

BOOST_AUTO_TEST_CASE(hostile_words_stay_words) {
  hostile::Everything const all;
  auto const text = render::junit(all.document());
  BOOST_TEST(is_quiet(text));
  BOOST_TEST(text.find("<script") == std::string::npos);
  BOOST_TEST(text.find("]]&gt;") != std::string::npos);  // in the text of an element, "]]>" may not be
  auto const xml = parsed(text);
  BOOST_TEST(count_of(xml, "//script") == 0u);
  std::string const message = xml.select_node("//failure").node().attribute("message").as_string();
  BOOST_TEST(message.find("\\x1b[2J") != std::string::npos);
  BOOST_TEST(message.find("</style><script>alert(1)</script> & \"'`") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(what_is_no_character_is_in_no_xml, Troubled) {
  report.lines[2].outcome.findings[0].message = "a\xef\xbf\xbe\xef\xbf\xbf";
  std::string const text = parsed(render::junit(document)).select_node("//failure").node().text().as_string();
  BOOST_TEST(text.find("a\xef\xbf\xbd\xef\xbf\xbd\n") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(places)

namespace {

std::optional<render::Place> place(std::string const& key, std::vector<render::ValuesFile> files) { return render::Places(files).of_key(key); }

}  // namespace

BOOST_AUTO_TEST_CASE(a_key_is_found_by_its_path) {
  std::string const text = "# of the lab\ncoderd:\n  replicas: 2\n  image:  coder:1\n\"quoted\": 1\n";
  BOOST_TEST((place("coderd.image", {{"v.yaml", text}}) == render::Place{"v.yaml", 4, 3}));
  BOOST_TEST((place("coderd", {{"v.yaml", text}}) == render::Place{"v.yaml", 2, 1}));
  BOOST_TEST((place("quoted", {{"v.yaml", text}}) == render::Place{"v.yaml", 5, 1}));
  for (auto const* none : {"image", "coderd.imag", "coderd.image.tag", "", ".", "coderd."}) BOOST_TEST(!place(none, {{"v.yaml", text}}), none);
}

BOOST_AUTO_TEST_CASE(a_key_may_hold_dots_itself) {
  BOOST_TEST((place("a.b.c", {{"v.yaml", "a: {x: 1}\na.b:\n  c: 1\n"}}) == render::Place{"v.yaml", 3, 3}));
  BOOST_TEST((place("{a: b}.c", {{"v.yaml", "? {a: b}\n: 1\n"}}) == std::nullopt));
}

BOOST_AUTO_TEST_CASE(the_last_file_counts_and_one_that_can_not_be_read_has_nothing) {
  std::vector<render::ValuesFile> const files = {{"a.yaml", "k: 1\nonly: 1"}, {"b.json", "{\"k\": 2}"}, {"odd.yaml", "k: [\n"}, {"empty.yaml", ""}, {"list.yaml", "- k"}};
  BOOST_TEST((place("k", files) == render::Place{"b.json", 1, 2}));
  BOOST_TEST((place("only", files) == render::Place{"a.yaml", 2, 1}));
}

BOOST_AUTO_TEST_SUITE_END()
