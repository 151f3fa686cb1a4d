#include "render/fits.h"

#include <fstream>
#include <sstream>

#include <boost/test/unit_test.hpp>
#include <rapidjson/document.h>
#include <rapidjson/schema.h>
#include <rapidjson/stringbuffer.h>

namespace {

rapidjson::Document parsed(std::string const& text) {
  rapidjson::Document document;
  document.Parse(text.data(), text.size());
  BOOST_REQUIRE(!document.HasParseError());
  return document;
}

}  // namespace

bool fits(std::string const& document, char const* schema) {
  std::ifstream const file(std::string(SOURCE_DIR "/") + schema);
  BOOST_REQUIRE_MESSAGE(file, schema);
  std::ostringstream text;
  text << file.rdbuf();
  auto const rules = parsed(text.str());
  rapidjson::SchemaDocument const compiled(rules);
  rapidjson::SchemaValidator validator(compiled);
  bool const valid = parsed(document).Accept(validator);
  if (!valid) {
    rapidjson::StringBuffer where;
    validator.GetInvalidDocumentPointer().StringifyUriFragment(where);
    BOOST_TEST_MESSAGE(validator.GetInvalidSchemaKeyword() << " at " << where.GetString());
  }
  return valid;
}
