#include "base/json.h"
#include "golden.h"
#include "render/invented.h"

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(every_result_and_every_kind_of_remedy) {
  auto const report = invented::troubled();
  auto const subject = invented::subject();
  auto const request = invented::request();
  auto const effects = invented::effects();
  auto const text = render::json({.report = report, .subject = subject, .request = request, .effects = &effects});
  check_golden("preflight.json", text);
  BOOST_TEST(base::parse_json(text).has_value());
}

BOOST_AUTO_TEST_CASE(bytes_that_are_no_utf8_do_not_break_the_document) {
  auto report = invented::troubled();
  report.lines[2].outcome.findings[0].message = "\xff and \xc3";
  auto const subject = invented::subject();
  auto const request = invented::request();
  auto const json = base::parse_json(render::json({.report = report, .subject = subject, .request = request}));
  BOOST_REQUIRE(json);
  BOOST_TEST((*json)["checks"].items()[2]["findings"].items()[0]["message"].str() == "\xef\xbf\xbd and \xef\xbf\xbd");
}

BOOST_AUTO_TEST_SUITE_END()
