#include "render/values.h"

#include <boost/test/unit_test.hpp>

#include "render/yaml.h"

namespace {

values::Migration migration() {
  values::Migration migration;
  migration.changes = {{values::Change::Kind::renamed, "cemanager.replicas", "coderd.replicas", "Why.", 3}, {values::Change::Kind::removed, "imagePullPolicy", "", "Gone.", 6},
                       {values::Change::Kind::emptied, "cemanager", "", "Kept.", 2}, {values::Change::Kind::added, "", "coderd.serviceNext", "New.", 0}};
  migration.notes = {"See to it."};
  return migration;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(values_words)

BOOST_AUTO_TEST_CASE(each_change_is_told_with_its_place_and_reason) {
  auto const text = render::migration_words({migration(), "v.yaml", "1.28.7", "Wrote it.", "helm coder preflight"}, {});
  BOOST_TEST(text ==
             "v.yaml for Coder 1.28.7: 4 keys change\n"
             "  line 3: ~ cemanager.replicas → coderd.replicas\n    Why.\n"
             "  line 6: - imagePullPolicy\n    Gone.\n"
             "  line 2: ~ cemanager: {}\n    Kept.\n"
             "  + coderd.serviceNext\n    New.\n"
             "! See to it.\n"
             "\nWrote it.\nNext: helm coder preflight\n");
}

BOOST_AUTO_TEST_CASE(a_refusal_names_both_sources) {
  values::Migration migration;
  migration.refusals = {{"a\x1b[2J", "b", "They disagree.", 1, 5}};
  auto const text = render::migration_words({migration, "v.yaml", "1.28.7", "", ""}, {});
  BOOST_TEST(text.starts_with("v.yaml can't be migrated to Coder 1.28.7 before a person has decided on 1 key\n  line 1: "));
  BOOST_TEST(text.find('\x1b') == std::string::npos);
  BOOST_TEST(text.find(" and b (line 5)\n    They disagree.\n") != std::string::npos);
  BOOST_TEST(render::migration_json({migration, "v.yaml", "1.28.7", "", ""})["refused"].bool_or(false));
}

BOOST_AUTO_TEST_CASE(the_document_says_the_same) {
  auto const json = render::migration_json({migration(), "v.yaml", "1.28.7", "", ""});
  BOOST_TEST(json["changes"].items().size() == 4u);
  BOOST_TEST(json["changes"].items()[3]["action"].str() == "added");
  BOOST_TEST(json["changes"].items()[3]["line"].is_null());
  BOOST_TEST(json["changes"].items()[0]["line"].int_or(0) == 3);
}

BOOST_AUTO_TEST_CASE(yaml_for_a_person_has_quotation_marks_only_where_they_are_needed) {
  auto const tree = base::parse_json(R"({"plain": "two words", "path": "/dev/stderr", "y": "yes", "n": 0.5, "b": true, "number": "012", "date": "2021-07-21",
      "empty": "", "list": [{"key": "x", "odd": "a: b"}], "text": "one\ntwo\n", "odd": "one \ntwo\n\n", "on": null, "1": {}, "é": "é", "x": "-"})");
  BOOST_REQUIRE(tree);
  auto const text = render::plain_yaml(*tree);
  BOOST_TEST((base::parse_yaml(text) == *tree), text);
  BOOST_TEST(text.find("plain: two words\npath: /dev/stderr\n\"y\": \"yes\"\n\"n\": 0.5\nb: true\nnumber: \"012\"\ndate: \"2021-07-21\"\n") == 0u, text);
  BOOST_TEST(text.find("text: |\n  one\n  two\n") != std::string::npos, text);
}

BOOST_AUTO_TEST_SUITE_END()
