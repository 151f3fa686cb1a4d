#include <cstdio>
#include <filesystem>
#include <fstream>

#include <boost/test/unit_test.hpp>

#include "base/json.h"
#include "base/text.h"
#include "clients/folder.h"
#include "clients/process.h"
#include "report/report.h"

namespace {

// The built program, as a person without any cluster runs it.
clients::Ended run(std::vector<std::string> words, std::vector<std::pair<std::string, std::string>> more = {}) {
  clients::Folder const home;
  words.insert(words.begin(), HELM_CODER);
  more.insert(more.begin(), {{"HELM_CONFIG_HOME", home.path()}, {"KUBECONFIG", "/nonexistent"}});
  return clients::run({.argv = words, .set = more, .unset = {"HELM_NAMESPACE", "HELM_CODER_*"}});
}

base::Json json_of(clients::Ended const& ended) {
  std::string why;
  auto const json = base::parse_json(ended.out, &why);
  BOOST_REQUIRE_MESSAGE(json, why << "\n" << ended.out);
  return *json;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(program)

BOOST_AUTO_TEST_CASE(the_version_is_printed_by_command_and_by_flag) {
  BOOST_TEST(run({"version"}).out == "helm coder " HELM_CODER_VERSION "\n");
  BOOST_TEST(run({"--version"}).out == "helm coder " HELM_CODER_VERSION "\n");
  BOOST_TEST(json_of(run({"version", "-o", "json"}))["version"].str() == HELM_CODER_VERSION);
}

BOOST_AUTO_TEST_CASE(wrong_usage_exits_2_and_leaves_standard_output_empty) {
  for (auto const& words : std::vector<std::vector<std::string>>{{}, {"preflght"}, {"preflight", "--ignor"}, {"explain", "HC9"}}) {
    auto const ended = run(words);
    BOOST_TEST(ended.code == report::wrong_usage);
    BOOST_TEST(ended.out == "");
    BOOST_TEST(ended.err.find("helm coder: ") == 0u);
  }
}

BOOST_AUTO_TEST_CASE(checks_lists_every_check_as_text_and_as_json) {
  auto const text = run({"checks"});
  BOOST_TEST(text.code == 0);
  auto const all = json_of(run({"checks", "-o", "json"}))["checks"].items();
  BOOST_TEST(all.size() >= 2u);
  for (auto const& check : all) BOOST_TEST(text.out.find(check["code"].str()) != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_documentation_has_the_pages_of_all_checks_as_explain_prints_them) {
  std::ifstream file(SOURCE_DIR "/docs/pages.md");
  std::string const documented((std::istreambuf_iterator<char>(file)), {});
  auto const printed = run({"explain", "--all"}).out;
  BOOST_TEST(printed.size() > 40'000u);
  BOOST_TEST((documented == printed), "docs/pages.md is not what is printed; write it anew: helm-coder explain --all >docs/pages.md");
}

BOOST_AUTO_TEST_CASE(explain_prints_the_page_by_code_in_any_case_or_by_name) {
  auto const page = run({"explain", "HC202"});
  BOOST_TEST(page.code == 0);
  BOOST_TEST(page.out.find("# HC202 no-operation") == 0u);
  BOOST_TEST(run({"explain", "hc202"}).out == page.out);
  BOOST_TEST(run({"explain", "no-operation"}).out == page.out);
  BOOST_TEST(run({"explain", "no-operatoin"}).err.find("Did you mean no-operation?") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_example_is_judged_with_nothing_installed) {
  auto const ended = run({"preflight", "--example", "-o", "json"}, {{"PATH", "/nonexistent"}});
  auto const json = json_of(ended);
  BOOST_TEST(json["subject"]["from"].str() == "1.20.0");
  BOOST_TEST(json["subject"]["to"].str() == "1.21.7");
  BOOST_TEST(json["exitCode"].int_or(-1) == ended.code);
  auto const table = run({"preflight", "--example"});
  BOOST_TEST(table.code == ended.code);
  BOOST_TEST(table.out.find("coder 1.20.0 → 1.21.7") == 0u);
  BOOST_TEST(table.out.find('\x1b') == std::string::npos);  // no terminal, no colour
}

BOOST_AUTO_TEST_CASE(the_differences_follow_the_table_where_they_are_asked_for_and_json_always_has_them) {
  auto const table = run({"preflight", "--example"}), both = run({"preflight", "--example", "--diff"});
  BOOST_TEST(both.out.find(table.out) == 0u);
  BOOST_TEST(both.out.find("    - spec.replicas: 3\n    + spec.replicas: 1\n") > table.out.size());
  BOOST_TEST(both.out.ends_with("3 objects change, 2 are new, 5 are deleted, 11 stay as they are, 1 is not known\n"));
  BOOST_TEST(both.code == table.code);
  auto const json = json_of(run({"preflight", "--example", "-o", "json"}));
  BOOST_TEST(json["changes"]["objects"].items().size() == 22u);
}

BOOST_AUTO_TEST_CASE(every_format_gives_the_same_exit_code_and_one_document) {
  auto const table = run({"preflight", "--example"});
  for (auto const& [format, start] : std::vector<std::pair<std::string, std::string>>{
           {"short", "HC302 error Service/timescale "}, {"yaml", "format: \"helm-coder-preflight/1\"\n"}, {"junit", "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "},
           {"sarif", "{\n  \"$schema\": "}}) {
    auto const ended = run({"preflight", "--example", "-o", format});
    BOOST_TEST(ended.code == table.code, format);
    BOOST_TEST(ended.out.starts_with(start), format << ": " << ended.out.substr(0, 200));
    BOOST_TEST(ended.err == "", format);
  }
}

BOOST_AUTO_TEST_CASE(sarif_points_into_the_file_of_values_and_has_the_pages) {
  clients::Folder const folder;
  std::ifstream file(SOURCE_DIR "/src/cli/example.json");
  auto snapshot = base::parse_json(std::string(std::istreambuf_iterator<char>(file), {}));
  BOOST_REQUIRE(snapshot);
  snapshot->set("values").set("set").set("coderd.image") = "\"coder:1.20.0\"";
  std::ofstream(folder.path() + "/state.json") << base::to_text(*snapshot);
  auto const values = folder.path() + "/values.yaml";
  std::ofstream(values) << "coderd:\n  image: coder:1.20.0\n";
  auto const run_of = json_of(run({"preflight", "--snapshot", folder.path() + "/state.json", "-f", values, "-o", "sarif"}))["runs"].items()[0];
  bool pinned = false;
  for (auto const& result : run_of["results"].items()) {
    auto const& place = result["locations"].items()[0]["physicalLocation"];
    if (place.is_null()) continue;
    pinned = pinned || result["ruleId"].str() == "HC412";
    BOOST_TEST(place["artifactLocation"]["uri"].str() == "file://" + values);
    BOOST_TEST(place["region"]["startLine"].int_or(0) == 2);
  }
  BOOST_TEST(pinned);
  for (auto const& rule : run_of["tool"]["driver"]["rules"].items()) BOOST_TEST(rule["help"]["text"].str().starts_with("# " + rule["id"].str()));
}

BOOST_AUTO_TEST_CASE(a_snapshot_that_is_none_says_so_and_exits_1) {
  clients::Folder const folder;
  auto const path = folder.path() + "/odd.json";
  for (auto const* text : {"", "{}", "[[[", "{\"format\":7}"}) {
    std::ofstream(path) << text;
    auto const ended = run({"preflight", "--snapshot", path});
    BOOST_TEST(ended.code == report::could_not_run);
    BOOST_TEST(ended.out == "");
    BOOST_TEST(ended.err.find(path) != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(a_file_that_is_named_and_is_not_there_is_wrong_usage_before_anything_is_asked) {
  clients::Folder const folder;
  auto const none = folder.path() + "/none", empty = folder.path() + "/empty";
  std::ofstream(empty).flush();
  // The cluster that run() names can't be reached: whoever asks it first exits with 1.
  for (auto const& words : std::vector<std::vector<std::string>>{{"preflight", "--snapshot", none},
                                                                  {"preflight", "-f", none},
                                                                  {"preflight", "-f", folder.path()},
                                                                  {"preflight", "--checks", none},
                                                                  {"preflight", "--coder-token-file", none},
                                                                  {"upgrade", "--coder-token-file", none},
                                                                  {"snapshot", "--coder-token-file", none},
                                                                  {"plan", "--coder-token-file", none},
                                                                  {"plan", "--from", "1.20.0", "-f", none},
                                                                  {"values", "migrate", "-f", none},
                                                                  {"preflight", "--config", none}}) {
    auto const ended = run(words);
    auto const line = base::join(words, " ");
    BOOST_TEST(ended.code == report::wrong_usage, line);
    BOOST_TEST(ended.out == "", line);
    BOOST_TEST(ended.err.find(words.back()) != std::string::npos, ended.err);
  }
  auto const ended = run({"preflight", "--example", "--checks", empty});
  BOOST_TEST(ended.err.starts_with("helm coder: --checks " + empty + " names a file, and has to name a folder; correct the path, or leave the flag out\n"), ended.err);
  BOOST_TEST(run({"preflight", "--coder-token-file", ""}).err.starts_with("helm coder: --coder-token-file '' names no file; "));
}

BOOST_AUTO_TEST_CASE(a_file_for_a_token_that_holds_none_is_wrong_usage) {
  clients::Folder const folder;
  auto const path = folder.path() + "/token";
  for (auto const* text : {"", " \n", "hunter2 hunter2"}) {
    std::ofstream(path) << text;
    auto const ended = run({"preflight", "--coder-token-file", path});
    BOOST_TEST(ended.code == report::wrong_usage);
    BOOST_TEST(ended.err.find(path) != std::string::npos, ended.err);
    BOOST_TEST(ended.err.find("hunter2") == std::string::npos, ended.err);
    BOOST_TEST(ended.err.find("coder tokens create") != std::string::npos, ended.err);
  }
}

BOOST_AUTO_TEST_CASE(a_snapshot_gives_the_verdict_that_the_example_gives) {
  clients::Folder const folder;
  auto const path = folder.path() + "/example.json";
  std::ofstream(path) << std::ifstream(SOURCE_DIR "/src/cli/example.json").rdbuf();
  auto const snapshot = run({"preflight", "--snapshot", path, "-o", "json"}), example = run({"preflight", "--example", "-o", "json"});
  BOOST_TEST(snapshot.out == example.out);
  BOOST_TEST(snapshot.code == example.code);
}

BOOST_AUTO_TEST_CASE(a_plan_from_a_version_needs_nothing_at_all) {
  auto const ended = run({"plan", "--from", "1.20.0", "--to", "1.22", "-o", "json"}, {{"PATH", "/nonexistent"}});
  BOOST_TEST(ended.code == report::fine);
  auto const json = json_of(ended);
  BOOST_TEST(json["next"].str() == "helm coder upgrade --version 1.21.7");
  BOOST_TEST(json["stops"].items().size() == 2u);
  BOOST_TEST(run({"plan", "--from", "1.20.0", "--to", "1.22"}).out.find("coder 1.20.0 → 1.22.3") == 0u);
}

BOOST_AUTO_TEST_CASE(a_plan_that_can_not_be_made_is_wrong_usage) {
  for (auto const& words : std::vector<std::vector<std::string>>{{"--to", "1.19.2"}, {"--to", "1.34.0"}, {"--to", "2.0.0"}, {"--to", "1.45"}}) {
    auto all = words;
    all.insert(all.begin(), {"plan", "--from", "1.20.0"});
    auto const ended = run(all);
    BOOST_TEST(ended.code == report::wrong_usage);
    BOOST_TEST(ended.out == "");
  }
  BOOST_TEST(run({"plan", "--from", "1.20.0", "-f", "/nonexistent.yaml"}).err.find("/nonexistent.yaml") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(newer_knowledge_takes_the_place_of_what_is_built_in_and_a_broken_one_is_wrong_usage) {
  clients::Folder const folder;
  std::ofstream(folder.path() + "/releases.yaml")
      << "lines:\n  - {line: \"1.20\", last: 0, source: s}\n  - {line: \"1.21\", last: 1, source: s}\n"
         "flaws:\n  - {versions: [\"1.21.0\"], symptom: s, fixed: \"1.21.1\", source: s}\n";
  auto const known = [](clients::Ended const& ended) {
    auto const json = json_of(ended);
    for (auto const& check : json["checks"].items())
      if (check["code"].str() == "HC109") return check["result"].str();
    return std::string();
  };
  BOOST_TEST(known(run({"preflight", "--example", "-o", "json"})) == "passed");
  BOOST_TEST(known(run({"preflight", "--example", "-o", "json", "--knowledge", folder.path()})) == "warning");
  BOOST_TEST(run({"plan", "--from", "1.20.0", "--knowledge", folder.path()}).out.find("coder 1.20.0 → 1.21.1") == 0u);
  std::ofstream(folder.path() + "/keys.yaml") << "keys: [";
  auto const broken = run({"preflight", "--example", "--knowledge", folder.path()});
  BOOST_TEST(broken.code == report::wrong_usage);
  BOOST_TEST(broken.out == "");
  BOOST_TEST(broken.err.find("keys.yaml: ") != std::string::npos);
  BOOST_TEST(run({"plan", "--from", "1.20.0", "--knowledge", folder.path() + "/none"}).code == report::wrong_usage);
}

BOOST_AUTO_TEST_CASE(by_itself_it_takes_the_namespace_that_helm_would_take) {
  clients::Folder const folder;
  auto const helm = folder.path() + "/helm";
  auto const name_space = [&](std::string const& script, std::vector<std::string> words) {
    std::ofstream(helm) << "#!/bin/sh\n" << script << "\n";
    std::filesystem::permissions(helm, std::filesystem::perms::owner_all);
    words.insert(words.begin(), {"preflight", "-o", "json"});
    return json_of(run(words, {{"HELM_BIN", helm}, {"PATH", "/nonexistent"}}))["subject"]["namespace"].str();
  };
  BOOST_TEST(name_space("[ \"$*\" = 'env HELM_NAMESPACE' ] && echo platform", {}) == "platform");
  BOOST_TEST(name_space("[ \"$*\" = 'env HELM_NAMESPACE' ] && echo platform", {"-n", "coder"}) == "coder");
  BOOST_TEST(name_space("exit 1", {}) == "default");
}

BOOST_AUTO_TEST_CASE(a_result_that_can_not_be_written_is_no_success) {
  auto const ended = clients::run({.argv = {"sh", "-c", HELM_CODER " version >/dev/full"}});
  BOOST_TEST(ended.code == report::could_not_run);
  BOOST_TEST(ended.err.find("could not be written") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(values_of_a_file_are_migrated_without_a_cluster) {
  clients::Folder const folder;
  auto const path = folder.path() + "/values.yaml";
  std::string const old = "# ours\n\ncemanager:\n  replicas: 2  # two\n", now = "# ours\n\ncoderd:\n  replicas: 2  # two\n";
  BOOST_REQUIRE(!clients::write_file(path, old));
  auto const printed = run({"values", "migrate", "--version", "1.28.7", "-f", path});
  BOOST_TEST(printed.code == 0);
  BOOST_TEST(printed.out == now);
  BOOST_TEST(printed.err.find("line 3: ~ cemanager → coderd") != std::string::npos, printed.err);
  auto const document = json_of(run({"values", "migrate", "--version", "1.28", "-f", path, "-o", "json"}));
  BOOST_TEST(document["target"].str() == "1.28.7");
  BOOST_TEST(document["changes"].items().size() == 1u);
  auto const diff = run({"values", "diff", "--version", "1.28.7", "-f", path});
  BOOST_TEST(diff.out.find("-cemanager:\n+coderd:\n") != std::string::npos, diff.out);
  BOOST_TEST(clients::read_file(path, nullptr).value_or("") == old);
  auto const written = run({"values", "migrate", "--version", "1.28.7", "-f", path, "--write"});
  BOOST_TEST(written.code == 0);
  BOOST_TEST(written.out == "");
  BOOST_TEST(clients::read_file(path, nullptr).value_or("") == now);
  BOOST_TEST(clients::read_file(path + ".bak", nullptr).value_or("") == old);
  BOOST_TEST(written.err.find("helm coder preflight --version 1.28.7 --reset-values -f " + path + "\n") != std::string::npos, written.err);
}

BOOST_AUTO_TEST_CASE(what_stands_in_the_way_of_values_is_told_and_nothing_is_written) {
  clients::Folder const folder;
  auto const path = folder.path() + "/values.yaml";
  auto const with = [&](std::string const& text, std::vector<std::string> more = {}) {
    BOOST_REQUIRE(!clients::write_file(path, text));
    more.insert(more.begin(), {"values", "migrate", "--version", "1.28.7", "-f", path});
    auto ended = run(more);
    BOOST_TEST(ended.out == "");
    BOOST_TEST(clients::read_file(path, nullptr).value_or("") == text);
    return ended;
  };
  auto const broken = with("a: 1\n\tb: 2\n", {"--write"});
  BOOST_TEST(broken.code == report::could_not_run);
  BOOST_TEST(broken.err.find(path + ", line 2, column 1: ") != std::string::npos, broken.err);
  BOOST_TEST(with("- a\n").err.find("it is no map of keys and values") != std::string::npos);
  auto const both = with("cemanager: {replicas: 2}\ncoderd: {replicas: 3}\n", {"--write"});
  BOOST_TEST(both.code == report::forbidden);
  BOOST_TEST(both.err.find("coderd.replicas is its new name and says something else") != std::string::npos, both.err);
  for (auto const* version : {"1.28.99", "2.0.0", "1.34.0"}) {
    auto const ended = run({"values", "migrate", "-f", path, "--version", version});
    BOOST_TEST(ended.code == report::wrong_usage, version);
    BOOST_TEST(ended.out == "");
  }
  BOOST_TEST(run({"values", "show"}).code == report::could_not_run);
}

BOOST_AUTO_TEST_SUITE_END()
