#include "base/json.h"

#include <boost/test/unit_test.hpp>

using base::Json;
using base::parse_json;

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(a_document_is_written_as_it_was_read) {
  for (auto const* text : {"{\"b\":[1,2.50,-0,1e40,\"x\\u0000\"],\"a\":{},\"c\":[true,false,null]}", "\"x\"", "12345678901234567890", "[]"}) {
    auto const json = parse_json(text);
    BOOST_REQUIRE(json);
    BOOST_TEST(base::to_text(*json) == text);
  }
}

BOOST_AUTO_TEST_CASE(a_wrong_type_or_a_missing_key_reads_as_the_fallback) {
  auto const json = parse_json(R"({"a":{"b":"text","n":7}})").value();
  BOOST_TEST(json["a"]["b"].str() == "text");
  BOOST_TEST(json["a"]["b"].int_or(3) == 3);
  BOOST_TEST(json["a"]["n"].int_or(3) == 7);
  BOOST_TEST(json["x"]["y"]["z"].str_or("none") == "none");
  BOOST_TEST(json["a"].items().size() == 0u);
  BOOST_TEST(json.has("a"));
  BOOST_TEST(!json["a"]["b"].has("c"));
}

BOOST_AUTO_TEST_CASE(what_is_no_document_says_why_and_where) {
  std::string why;
  for (auto const* text : {"", "{", "[1,]", "{\"a\":1}x", "\"\xff\"", "nul"}) {
    BOOST_TEST(!parse_json(text, &why));
    BOOST_TEST(why.find("at byte") != std::string::npos);
  }
}

BOOST_AUTO_TEST_CASE(deep_nesting_and_size_end_at_the_limit_without_a_crash) {
  std::string why;
  BOOST_TEST(!parse_json(std::string(1'000'000, '['), &why));
  BOOST_TEST(why == "nested too deeply");
  BOOST_TEST(!parse_json("[1,2,3]", &why, {.bytes = 3}));
  BOOST_TEST(why == "more than 3 bytes");
}

BOOST_AUTO_TEST_CASE(members_are_set_replaced_and_erased) {
  Json json;
  json.set("a").set("b") = 1;
  json.set("a").set("b") = "two";
  json.set("list").add(true);
  BOOST_TEST(base::to_text(json) == R"({"a":{"b":"two"},"list":[true]})");
  json.erase("a");
  BOOST_TEST(base::to_text(json) == R"({"list":[true]})");
}

BOOST_AUTO_TEST_CASE(yaml_scalars_keep_what_their_quotes_say) {
  auto const yaml = base::parse_yaml("a: \"0123\"\nb: 0123\nc: true\nd: 'true'\ne: 1.10\nf:\ng: [1, x]\n").value();
  BOOST_TEST(base::to_text(yaml) == R"({"a":"0123","b":"0123","c":true,"d":"true","e":1.10,"f":null,"g":[1,"x"]})");
}

BOOST_AUTO_TEST_CASE(broken_yaml_says_where_and_a_bomb_of_aliases_ends) {
  std::string why;
  BOOST_TEST(!base::parse_yaml("a: [1\nb: 2", &why));
  BOOST_TEST(why.find("line 2") != std::string::npos);
  std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c <= 'j'; ++c) {
    bomb += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 10; ++i) bomb += std::string(i ? "," : "") + "*" + static_cast<char>(c - 1);
    bomb += "]\n";
  }
  BOOST_TEST(!base::parse_yaml(bomb, &why));
}

BOOST_AUTO_TEST_SUITE_END()
