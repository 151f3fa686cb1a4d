#include "render/values_diff.h"

#include <boost/test/unit_test.hpp>

namespace {

std::string diff(std::string const& before, std::string const& after, bool colour = false) {
  return render::values_diff({"old", "new", before, after, before, after}, {.colour = colour});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(values_diffs)

BOOST_AUTO_TEST_CASE(it_is_what_diff_writes) {
  BOOST_TEST(diff("a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\nl\nm\n", "a\nB\nc\nd\ne\nf\ng\nh\ni\nj\nk\nm\nn\n") ==
             "--- old\n+++ new\n@@ -1,5 +1,5 @@\n a\n-b\n+B\n c\n d\n e\n@@ -9,5 +9,5 @@\n i\n j\n k\n-l\n m\n+n\n");
  BOOST_TEST(diff("", "a\n") == "--- old\n+++ new\n@@ -0,0 +1 @@\n+a\n");
  BOOST_TEST(diff("a\r\nb\r\n", "a\r\n") == "--- old\n+++ new\n@@ -1,2 +1 @@\n a\n-b\n");
}

BOOST_AUTO_TEST_CASE(what_is_the_same_gives_nothing) { BOOST_TEST(diff("a\n", "a\n") == ""); }

BOOST_AUTO_TEST_CASE(what_is_hidden_is_compared_and_not_shown) {
  auto const text = render::values_diff({"old", "new", "p: hunter2\n", "p: hunter3\n", "p: (hidden)\n", "p: (hidden)\n"}, {});
  BOOST_TEST(text.find("-p: (hidden)\n+p: (hidden)\n") != std::string::npos);
  BOOST_TEST(text.find("hunter") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_terminal_gets_colours_and_no_escape_of_others) {
  auto const text = diff("a\n", "\x1b[2Jb\n", true);
  BOOST_TEST(text.find("\x1b[31m-a\x1b[0m") != std::string::npos);
  BOOST_TEST(text.find("\x1b[2J") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(defaults_are_told_apart) {
  render::AgainstDefaults const about{{{values::Compared::Kind::same, "a", "1", "1"}, {values::Compared::Kind::other, "b", "\"(masked)\"", "\"\""},
                                       {values::Compared::Kind::extra, "c", "true", ""}}, "v.yaml", "coder 1.21.7"};
  BOOST_TEST(render::defaults_words(about, {}) ==
             "v.yaml against the defaults of coder 1.21.7\n"
             "\nNot the default (1)\n  ~ b: (hidden)   (default: \"\")\n"
             "\nNot among the chart's keys (1)\n  + c: true\n"
             "\nMerely the default (1)\n  = a: 1\n");
  auto const keys = render::defaults_json(about)["keys"].items();
  BOOST_TEST(keys.size() == 3u);
  BOOST_TEST(keys[1]["kind"].str() == "own");
  BOOST_TEST(keys[2]["default"].is_null());
}

BOOST_AUTO_TEST_SUITE_END()
