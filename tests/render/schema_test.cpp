#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <rapidjson/document.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

#include "render/invented.h"

namespace {

rapidjson::Document parsed(std::string const& text) {
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  BOOST_REQUIRE(!document.HasParseError());
  return document;
}

rapidjson::Document published_schema() {
  std::ifstream file(SOURCE_DIR "/docs/schema/preflight.json");
  std::ostringstream text;
  text << file.rdbuf();
  return parsed(text.str());
}

bool fits(rapidjson::Document const& document) {
  auto const text = published_schema();
  rapidjson::SchemaDocument const schema(text);
  rapidjson::SchemaValidator validator(schema);
  bool const valid = document.Accept(validator);
  if (!valid) {
    rapidjson::StringBuffer where;
    validator.GetInvalidDocumentPointer().StringifyUriFragment(where);
    BOOST_TEST_MESSAGE(validator.GetInvalidSchemaKeyword() << " at " << where.GetString());
  }
  return valid;
}

rapidjson::Document printed(report::Report const& report, report::Subject const& subject, report::Effects const* effects = nullptr) {
  auto const request = invented::request();
  return parsed(render::json({.report = report, .subject = subject, .request = request, .effects = effects}));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schema)

BOOST_AUTO_TEST_CASE(what_is_printed_fits_the_published_schema) {
  BOOST_TEST(fits(printed(invented::clean(), invented::subject())));
  auto const effects = invented::effects();
  BOOST_TEST(fits(printed(invented::troubled(), invented::subject(), &effects)));
  BOOST_TEST(fits(printed({}, {.release = "coder", .name_space = "default"})));
}

BOOST_AUTO_TEST_CASE(the_schema_refuses_what_is_not_so) {
  for (auto const* member : {"verdict", "exitCode", "checks", "subject", "changes", "adoptions"}) {
    auto document = printed(invented::troubled(), invented::subject());
    document[member].SetString("odd");
    BOOST_TEST(!fits(document), member);
    document.RemoveMember(member);
    BOOST_TEST(!fits(document), member);
  }
}

BOOST_AUTO_TEST_SUITE_END()
