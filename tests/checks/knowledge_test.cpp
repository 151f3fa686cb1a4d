#include "checks/knowledge.h"

#include <boost/test/unit_test.hpp>
#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>

#include "base/json.h"
#include "base/text.h"

namespace {

std::string file(std::string const& name) {
  std::ifstream in(SOURCE_DIR "/checks/knowledge/" + name);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::map<std::string, std::string> files() {
  std::map<std::string, std::string> all;
  for (auto const& name : checks::knowledge_files()) all[name] = file(name);
  return all;
}

std::string wrong(std::string const& name, std::string const& text) {
  std::string why;
  BOOST_TEST(!checks::read_knowledge({{name, text}}, &why).has_value(), text);
  return why;
}

// One entry of a list, the other lists of the file being in order.
std::string wrong_line(std::string const& entry) {
  return wrong("releases.yaml", "lines:\n  - {line: \"1.20\", last: 0, source: \"s\"}\n  - " + entry + "\n");
}
std::string wrong_key(std::string const& entry) { return wrong("keys.yaml", "keys:\n  - " + entry + "\n"); }
std::string wrong_range(std::string const& entry) {
  return wrong("kubernetes.yaml", "supported:\n  - {since: \"1.20.0\", at_least: \"1.19\", source: \"s\"}\nrequired:\n  - " + entry + "\n");
}
std::string wrong_change(std::string const& entry) { return wrong("changes.yaml", "changes:\n  - " + entry + "\n"); }

base::Version version(std::string_view text) { return base::parse_version(text).value(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(knowledge)

BOOST_AUTO_TEST_CASE(our_own_files_are_in_order_and_are_those_that_are_built_in) {
  std::string why;
  auto const known = checks::read_knowledge(files(), &why);
  BOOST_REQUIRE_MESSAGE(known, why);
  BOOST_TEST((*known == checks::knowledge()));
  BOOST_TEST(known->repository == "https://helm.coder.com");
  BOOST_TEST(known->lines.size() == 30u);
  BOOST_TEST(known->lines.front().released == "2021-01-20");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_given_takes_the_place_of_the_one_that_is_built_in) {
  auto const known = checks::read_knowledge({{"keys.yaml", "keys:\n  - {from: \"a\", refused: \"1.28.0\", source: \"s\"}\n"}}, nullptr);
  BOOST_REQUIRE(known);
  BOOST_TEST(known->keys.size() == 1u);
  BOOST_TEST((known->releases == checks::knowledge().releases));
}

BOOST_AUTO_TEST_CASE(a_line_that_must_be_left_from_its_newest_patch_says_why) {
  for (auto const& line : checks::knowledge().lines) BOOST_TEST(line.why_stop.empty() == (line.line != "1.21"), line.line);
}

BOOST_AUTO_TEST_CASE(what_changes_names_a_release_and_what_it_tells_a_person_is_sentences) {
  for (auto const& change : checks::knowledge().changes) {
    BOOST_TEST((checks::known_release(checks::knowledge(), version(change.version)) != nullptr), change.text);
    BOOST_TEST((change.advice.empty() || change.advice.ends_with('.')), change.advice);
    BOOST_TEST((change.only_if.empty() || change.only_if.starts_with("if ")), change.only_if);
    // Where something can't be seen, a person must be told what it hangs on.
    bool const said = change.clauses.empty() || !change.only_if.empty();
    BOOST_TEST((said || change.clauses.front().name == "coderd.satellite.enable"), change.text);
  }
}

BOOST_AUTO_TEST_CASE(what_keeps_things_as_they_are_is_a_value_and_a_sentence) {
  auto const& known = checks::knowledge();
  BOOST_TEST(known.images == "docker.io/coderenvs");
  auto const with_values = std::count_if(known.changes.begin(), known.changes.end(), [](auto const& change) { return !change.values.empty(); });
  BOOST_TEST(with_values == 2);
  for (auto const& change : known.changes) {
    BOOST_TEST((change.values.empty() || change.then.ends_with('.')), change.text);
    BOOST_TEST((change.then.empty() || !change.values.empty()), change.text);
    BOOST_TEST((change.idle.empty() || !change.values.empty()), change.text);
    for (auto const& value : change.values) BOOST_TEST(base::parse_json(value.json).has_value(), value.json);
  }
  BOOST_TEST(wrong("changes.yaml", "changes:\n  - {version: \"1.2.3\", about: x, text: \"x.\", values: [{key: a}], source: s}\n") ==
             "changes.yaml: changes, entry 1: a value under \"values\" lacks its key or what it is");
}

BOOST_AUTO_TEST_CASE(a_range_of_kubernetes_begins_before_it_ends) {
  for (auto const& range : checks::knowledge().kubernetes) {
    BOOST_TEST((range.until.empty() || version(range.since) < version(range.until)), range.since);
    if (range.at_least.empty() || range.at_most.empty()) continue;
    BOOST_TEST((version(range.at_least) < version(range.at_most)), range.since);
  }
}

BOOST_AUTO_TEST_CASE(releases_ascend_and_what_corrects_a_flaw_was_released_later) {
  base::Version before;
  for (auto const& release : checks::knowledge().releases) {
    auto const now = version(release.version);
    BOOST_TEST((now > before), release.version);
    before = now;
    if (release.symptom.empty()) continue;
    BOOST_TEST((version(release.fixed_in) > now), release.version);
    BOOST_TEST((checks::known_release(checks::knowledge(), version(release.fixed_in)) != nullptr), release.fixed_in);
    BOOST_TEST(!release.symptom.ends_with('.'), release.symptom);
  }
}

BOOST_AUTO_TEST_CASE(all_21_renamed_keys_have_their_new_name) {
  std::size_t renamed = 0;
  for (auto const& entry : checks::knowledge().keys) renamed += entry.to.empty() ? 0u : 1u;
  BOOST_TEST(renamed == 22u);  // and ingress.service.annotations, whose Service is another one now
}

BOOST_AUTO_TEST_CASE(a_key_is_known_by_the_nearest_branch_above_it) {
  auto const& known = checks::knowledge();
  auto const* entry = checks::renamed_key(known, "timescale.resources.requests.storage");
  BOOST_REQUIRE(entry);
  BOOST_TEST(checks::new_name(*entry, "timescale.resources.requests.storage") ==
             "postgres.default.resources.requests.storage");
  BOOST_TEST(checks::renamed_key(known, "cemanager.image")->from == "cemanager.image");
  BOOST_TEST((checks::renamed_key(known, "storageClassNames") == nullptr));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_in_order_is_refused_with_its_name_and_the_place) {
  BOOST_TEST(wrong("keys.yaml", "keys: [").starts_with("keys.yaml: yaml-cpp: error at line 1"));
  BOOST_TEST(wrong("releases.yaml", "lines: []") == "releases.yaml: the list \"lines\" is empty or missing");
  BOOST_TEST(wrong("stops.yaml", "just words") == "stops.yaml: the list \"stops\" is empty or missing");
}

BOOST_AUTO_TEST_CASE(a_release_that_is_not_in_order_is_refused) {
  std::string const place = "releases.yaml: lines, entry 2: ";
  BOOST_TEST(wrong_line("{line: \"1.21\", last: 1}") == place + "it has no source");
  BOOST_TEST(wrong_line("{line: \"x\", last: 1, source: \"s\"}") == place + "it has no line, or no newest patch");
  BOOST_TEST(wrong_line("{line: \"1.21\", last: 100000, source: \"s\"}") == place + "it has no line, or no newest patch");
  BOOST_TEST(wrong_line("{line: \"1.19\", last: 0, source: \"s\"}") == place + "line 1.19 does not ascend");
  BOOST_TEST(wrong_line("{line: \"1.21\", last: 0, released: \"soon\", source: \"s\"}") == place + "\"released\" is no day such as 2021-07-21");
  std::string const flaws = "{line: \"1.21\", last: 1, source: \"s\"}\nflaws:\n  - ";
  BOOST_TEST(wrong_line(flaws + "{versions: [\"1.21.9\"], symptom: \"s\", fixed: \"1.21.1\"}") ==
             "releases.yaml: flaws, entry 1: version \"1.21.9\" is in no line");
  BOOST_TEST(wrong_line(flaws + "{versions: [\"1.21.0\"]}").ends_with("it lacks its versions, its symptom or the fixed version"));
}

BOOST_AUTO_TEST_CASE(a_key_that_is_not_in_order_is_refused) {
  BOOST_TEST(wrong_key("{from: \"a\", source: \"s\"}") == "keys.yaml: keys, entry 1: no version ignores it, and none refuses it");
  BOOST_TEST(wrong_key("{refused: \"1.28.0\", source: \"s\"}").ends_with("it has no \"from\""));
  BOOST_TEST(wrong_key("{from: \"a\", ignored: \"1.2.3\", refused: \"soon\", source: \"s\"}").ends_with("\"refused\" is no version"));
}

BOOST_AUTO_TEST_CASE(a_range_of_kubernetes_that_is_not_in_order_is_refused) {
  std::string const place = "kubernetes.yaml: required, entry 1: ";
  BOOST_TEST(wrong_range("{until: \"1.21.0\"}") == place + "\"since\" or \"until\" is no version");
  BOOST_TEST(wrong_range("{since: \"1.20.0\"}") == place + "it has neither \"at_least\" nor \"at_most\"");
  BOOST_TEST(wrong_range("{since: \"1.20.0\", at_most: 1}") == place + "\"at_most\" is no version");
  BOOST_TEST(wrong_range("{since: \"1.20.0\", at_most: \"1.21\", source: \"s\"}") == place + "it has no \"why\"");
}

BOOST_AUTO_TEST_CASE(a_change_that_is_not_in_order_is_refused) {
  std::string const start = "{version: \"1.22.0\", about: \"a\", text: \"T.\", source: \"s\"";
  BOOST_TEST(checks::read_knowledge({{"changes.yaml", "changes:\n  - " + start + "}\n"}}, nullptr).has_value());
  BOOST_TEST(wrong_change("{text: \"T.\"}") == "changes.yaml: changes, entry 1: \"version\" or \"until\" is no version");
  BOOST_TEST(wrong_change("{version: \"1.22.0\", text: \"T\"}").ends_with("\"text\" is no sentence with a period"));
  BOOST_TEST(wrong_change("{version: \"1.22.0\", text: \"T.\"}").ends_with("it does not say what it is about"));
  BOOST_TEST(wrong_change(start + ", moment: before}").ends_with("it has a moment"));
  BOOST_TEST(wrong_change(start + ", timeout: \"long\"}").ends_with("\"timeout\" is no duration"));
  BOOST_TEST(wrong_change(start + ", if: [{pod: \"a\"}]}").ends_with("\"if\" knows no \"pod\""));
  BOOST_TEST(wrong_change(start + ", if: [{set: true}]}").ends_with("\"set\" under \"if\" lacks its name"));
  BOOST_TEST(wrong_change(start + ", if: [set]}").ends_with("a condition under \"if\" is not one word with its name"));
}

BOOST_AUTO_TEST_CASE(a_stop_that_is_not_in_order_is_refused) {
  std::string const stop = "stops:\n  - {line: \"1.21\", why: \"w\", source: \"s\"}\n";
  BOOST_TEST(wrong("stops.yaml", "stops:\n  - {line: \"1.99\"}\n") == "stops.yaml: stops, entry 1: line \"1.99\" is not among the releases");
  BOOST_TEST(wrong("stops.yaml", "stops:\n  - {line: \"1.21\"}\n").ends_with("it has no \"why\""));
  BOOST_TEST(wrong("stops.yaml", stop) == "stops.yaml: the list \"steps\" is empty or missing");
  BOOST_TEST(wrong("stops.yaml", stop + "steps:\n  - {version: \"1.22.0\", text: \"T.\"}\n") ==
             "stops.yaml: steps, entry 1: \"moment\" is neither before nor after");
}

BOOST_AUTO_TEST_CASE(what_is_not_in_order_about_providers_is_refused) {
  BOOST_TEST(wrong("providers.yaml", "api: []") == "providers.yaml: the list \"api\" is empty or missing");
  BOOST_TEST(wrong("providers.yaml", "api:\n  - {until: \"soon\", source: \"s\"}\n") == "providers.yaml: api, entry 1: \"until\" is no version");
}

BOOST_AUTO_TEST_SUITE_END()
