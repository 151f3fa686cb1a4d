#include "base/json.h"
#include "golden.h"
#include "render/invented.h"

BOOST_AUTO_TEST_SUITE(json)

BOOST_AUTO_TEST_CASE(every_result_and_every_kind_of_remedy) {
  auto const report = invented::troubled();
  auto const subject = invented::subject();
  auto const request = invented::request();
  auto const text = render::json({.report = report, .subject = subject, .request = request});
  check_golden("preflight.json", text);
  BOOST_TEST(base::parse_json(text).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
