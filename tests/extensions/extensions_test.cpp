#include "extensions/extensions.h"

#include <boost/test/unit_test.hpp>

#include "clients/scratch.h"

BOOST_AUTO_TEST_SUITE(extensions_run)

namespace {

using report::Result;

constexpr auto metadata = R"(echo '{"code":"ACME001","name":"fresh","summary":"all is fresh","severity":"error"}')";

struct Folder {
  scratch::Folder folder;
  void add(std::string const& name, std::string const& on_metadata, std::string const& on_check) const {
    scratch::script(folder / name, "case $1 in metadata) " + on_metadata + ";; check) " + on_check + ";; esac");
  }
  std::vector<report::Line> run(std::vector<report::Ignore> const& ignored = {}, extensions::Limits const& limits = {}) const {
    return extensions::run(extensions::find({}, {folder.path()}), state::State{}, ignored, limits);
  }
  std::string trouble() const {
    auto const lines = run({}, {.time = std::chrono::milliseconds(500), .output = 1000});
    BOOST_REQUIRE(!lines.empty());
    BOOST_TEST(lines[0].code == "HC701");
    BOOST_REQUIRE_EQUAL(lines[0].outcome.findings.size(), 1u);
    return lines[0].outcome.findings[0].message;
  }
};

}  // namespace

BOOST_AUTO_TEST_CASE(nothing_there_is_no_line) {
  scratch::Folder const folder;
  BOOST_TEST(extensions::run(extensions::find({folder.path(), folder.path() + "/none"}, {}), state::State{}, {}).empty());
}

BOOST_AUTO_TEST_CASE(a_folder_that_was_asked_for_must_be_there) {
  auto const lines = extensions::run(extensions::find({}, {"/nonexistent"}), state::State{}, {});
  BOOST_REQUIRE(lines.size() == 1u);
  BOOST_TEST(lines[0].outcome.findings.at(0).message == "it can't be read: No such file or directory");
}

BOOST_AUTO_TEST_CASE(a_check_that_passes_and_one_that_finds_something_are_lines) {
  Folder folder;
  folder.add("a", metadata, R"(echo '{"findings":[{"object":"disk","message":"it is full","advice":"Empty it."}]}')");
  folder.add("b", R"(echo '{"code":"AB002","name":"b","summary":"b is well","severity":"warning"}')", R"(echo '{"findings":[]}')");
  auto const lines = folder.run();
  BOOST_REQUIRE(lines.size() == 3u);
  BOOST_TEST((lines[0].code == "HC701" && lines[0].result == Result::passed && lines[0].detail == "2 checks"));
  BOOST_TEST((lines[1].code == "AB002" && lines[1].result == Result::passed && lines[1].of_others));
  BOOST_TEST((lines[2].code == "ACME001" && lines[2].result == Result::error));
  BOOST_TEST(lines[2].outcome.findings.at(0).message == "it is full");
  BOOST_TEST((!lines[0].seconds && lines[1].seconds.value_or(0) > 0 && lines[2].seconds.value_or(0) > 0));
  BOOST_TEST((folder.run({{.check = "ACME001"}})[2].ignored && folder.run({{.check = "fresh"}})[2].result == Result::warning));
}

BOOST_AUTO_TEST_CASE(it_reads_the_state_and_not_our_credentials) {
  scratch::Variable const password("PGPASSWORD", "secret"), config("KUBECONFIG", "/somewhere");
  Folder folder;
  folder.add("a", metadata, R"(if [ -z "$PGPASSWORD$KUBECONFIG" ] && grep -q helm-coder-snapshot; then echo '{"findings":[]}'; fi)");
  BOOST_TEST((folder.run().at(1).result == Result::passed));
}

BOOST_AUTO_TEST_CASE(what_could_not_be_seen_is_not_verified) {
  Folder folder;
  folder.add("a", metadata, R"(echo '{"findings":[],"unverified":[{"why":"the tape robot sleeps"}]}')");
  BOOST_TEST((folder.run().at(1).result == Result::not_verified));
}

BOOST_AUTO_TEST_CASE(whatever_is_broken_is_told_with_its_reason) {
  std::vector<std::tuple<char const*, char const*, char const*>> const cases = {
      {"echo no", "true", "metadata: it printed no JSON"},
      {"echo '[]'", "true", "metadata: it printed JSON that is no object"},
      {R"(echo '{"code":"HC999","name":"a","summary":"s","severity":"error"}')", "true", "metadata: its code is not of the form"},
      {R"(echo '{"code":"AB001","name":"A B","summary":"s","severity":"error"}')", "true", "metadata: its name is not made of"},
      {R"(echo '{"code":"AB001","name":"a","summary":"s","severity":"fatal"}')", "true", "metadata: its severity is neither"},
      {"echo oh no >&2; exit 3", "true", "metadata: it ended with 3: oh no"},
      {metadata, "exit 4", "check: it ended with 4"},
      {metadata, "kill -9 $$", "check: signal 9 ended it"},
      {metadata, "sleep 60", "check: it did not end within"},
      {metadata, "yes", "check: it printed more than"},
      {metadata, "echo '{}'", "check: its answer has no list"},
      {metadata, R"(echo '{"findings":[{"object":"x"}]}')", "check: a finding of it has no message"},
  };
  for (auto const& [on_metadata, on_check, expected] : cases) {
    Folder folder;
    folder.add("a", on_metadata, on_check);
    auto const trouble = folder.trouble();
    BOOST_TEST(trouble.starts_with(expected), trouble << " is not: " << expected);
  }
}

BOOST_AUTO_TEST_CASE(one_that_fails_to_judge_is_not_taken_for_fine) {
  Folder folder;
  folder.add("a", metadata, "exit 1");
  BOOST_TEST((folder.run().at(1).result == Result::not_verified));
}

BOOST_AUTO_TEST_CASE(two_of_one_code_are_told) {
  Folder folder;
  for (auto const* name : {"a", "b"}) folder.add(name, metadata, R"(echo '{"findings":[]}')");
  BOOST_TEST(folder.trouble() == "another one has the code ACME001 already");
}

BOOST_AUTO_TEST_CASE(what_it_prints_is_made_harmless_for_a_terminal) {
  Folder folder;
  folder.add("a", metadata, R"(printf '{"findings":[{"message":"a\\u001b[2Jb"}]}')");
  BOOST_TEST(folder.run().at(1).outcome.findings.at(0).message.find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
