#include "values/outline.h"

#include <boost/test/unit_test.hpp>

namespace {

std::string trouble_of(std::string_view text) {
  values::Trouble trouble;
  BOOST_TEST(!values::outline(text, trouble));
  return to_text(trouble);
}

values::Node outline_of(std::string_view text) {
  values::Trouble trouble;
  auto const root = values::outline(text, trouble);
  BOOST_REQUIRE_MESSAGE(root, to_text(trouble));
  return *root;
}

std::string_view cut(std::string_view text, values::Span span) { return text.substr(span.begin, span.end - span.begin); }

}  // namespace

BOOST_AUTO_TEST_SUITE(outlines)

BOOST_AUTO_TEST_CASE(each_value_is_found_to_the_byte) {
  std::string_view const text = "\xef\xbb\xbf# é\na: é # no\nb: &x {c: 'q', d: }\ne:\n- 1\n- |+\n  two\n\nf: >\n  three\n\n\ng:\n";
  auto const root = outline_of(text);
  auto const at = [&](char const* key) { return cut(text, values::find(root, key)->value.span); };
  BOOST_TEST(at("a") == "é");
  BOOST_TEST(at("b") == "&x {c: 'q', d: }");
  BOOST_TEST(at("e") == "- 1\n- |+\n  two\n");
  BOOST_TEST(at("f") == ">\n  three");
  BOOST_TEST(at("g") == "");
  BOOST_TEST(values::find(root, "b")->value.anchor == "x");
  BOOST_TEST(cut(text, values::find(values::find(root, "b")->value, "c")->value.span) == "'q'");
}

BOOST_AUTO_TEST_CASE(nothing_is_an_empty_map) {
  for (auto const* text : {"", "# words\n", "---\n", "null\n", "{}\n"}) BOOST_TEST(outline_of(text).entries.empty(), text);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_has_a_line_and_a_column) {
  BOOST_TEST(trouble_of("a: 1\nb: [1\n") == "line 3, column 1: did not find expected ',' or ']' (while parsing a flow sequence)");
  BOOST_TEST(trouble_of("a:\n\tb: 1\n").starts_with("line 2, column 1: found character that cannot start any token"));
  BOOST_TEST(trouble_of("a: 1\nb: 2\na: 3\n") == "line 3, column 1: the key a is there a second time, and Helm takes only one of them; keep one");
  BOOST_TEST(trouble_of("a: 1\n---\nb: 2\n") == "line 2, column 1: a second document begins, and Helm reads only the first; keep one of them");
  BOOST_TEST(trouble_of("- 1\n") == "line 1, column 1: it is no map of keys and values");
  BOOST_TEST(trouble_of("words\n") == "line 1, column 1: it is no map of keys and values");
  BOOST_TEST(trouble_of("a: \x01\n") == "line 1, column 4: control characters are not allowed");
  BOOST_TEST(trouble_of("a: \xff\n") == "it is not written in UTF-8");
  BOOST_TEST(trouble_of(std::string(500, '[')).find("nested too deeply") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
