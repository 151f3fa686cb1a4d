#include "checks/knowledge.h"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <fstream>
#include <iterator>

#include "base/text.h"

namespace {

std::string file(std::string const& name) {
  std::ifstream in(SOURCE_DIR "/checks/knowledge/" + name);
  return {std::istreambuf_iterator<char>(in), {}};
}

constexpr std::string_view line = "lines:\n  - {line: \"1.21\", last: 1, source: \"s\"}\n";
constexpr std::string_view flaw =
    "flaws:\n  - {versions: [\"1.21.0\"], symptom: \"s\", fixed: \"1.21.1\", source: \"s\"}\n";
constexpr std::string_view key = "keys:\n  - {from: \"a\", refused: \"1.28.0\", source: \"s\"}\n";

std::string wrong(std::string const& releases, std::string_view keys = key) {
  std::string why;
  BOOST_TEST(!checks::read_knowledge(releases, keys, &why).has_value());
  return why;
}

base::Version version(std::string_view text) { return base::parse_version(text).value(); }

}  // namespace

BOOST_AUTO_TEST_SUITE(knowledge)

BOOST_AUTO_TEST_CASE(our_own_files_are_in_order) {
  std::string why;
  auto const known = checks::read_knowledge(file("releases.yaml"), file("keys.yaml"), &why);
  BOOST_REQUIRE_MESSAGE(known, why);
  BOOST_TEST((*known == checks::knowledge()));
  BOOST_TEST(known->repository == "https://helm.coder.com");
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
  BOOST_TEST(renamed == 21u);
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

BOOST_AUTO_TEST_CASE(a_file_that_is_not_in_order_is_refused_with_the_entry) {
  auto const good = std::string(line) + std::string(flaw);
  BOOST_TEST(checks::read_knowledge(good, key, nullptr).has_value());
  BOOST_TEST(wrong("lines: [").size() > 0u);
  BOOST_TEST(wrong("lines: []") == "a list is empty or missing");
  BOOST_TEST(wrong("lines:\n  - {line: \"1.21\", last: 1}\n").starts_with("an entry has no source"));
  BOOST_TEST(wrong("lines:\n  - {line: \"x\", last: 1, source: \"s\"}\n").starts_with("a line has no number"));
  BOOST_TEST(wrong(std::string(line) + "flaws:\n  - {versions: [\"1.20.9\"]}\n") ==
             "a flaw names a version that is in no line: \"1.20.9\"");
  BOOST_TEST(wrong(std::string(line) + "flaws:\n  - {versions: [\"1.21.0\"]}\n").starts_with("a flaw lacks"));
  BOOST_TEST(wrong(good, "keys:\n  - {from: \"a\", source: \"s\"}\n").starts_with("a key has no name, or is neither"));
}

BOOST_AUTO_TEST_CASE(it_is_read_in_a_moment) {
  auto const releases = file("releases.yaml"), keys = file("keys.yaml");
  auto const start = std::chrono::steady_clock::now();
  BOOST_TEST(checks::read_knowledge(releases, keys, nullptr).has_value());
  auto const took = std::chrono::steady_clock::now() - start;
  std::chrono::duration<double, std::milli> const milliseconds = took;
  BOOST_TEST_INFO("read in " << milliseconds.count() << " ms");
  BOOST_TEST((took < std::chrono::milliseconds(500)));  // 3 ms when optimised; this is a debug build on a busy machine
}

BOOST_AUTO_TEST_SUITE_END()
