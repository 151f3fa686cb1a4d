#include <boost/test/unit_test.hpp>

#include "base/json.h"
#include "render/fits.h"
#include "render/invented.h"

namespace {

bool fits_published(base::Json const& document) { return fits(base::to_text(document), "docs/schema/preflight.json"); }

base::Json printed(report::Report const& report, report::Subject const& subject, report::Effects const* effects = nullptr) {
  auto const request = invented::request();
  return render::as_json({.report = report, .subject = subject, .request = request, .effects = effects});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(schema)

BOOST_AUTO_TEST_CASE(what_is_printed_fits_the_published_schema) {
  BOOST_TEST(fits_published(printed(invented::clean(), invented::subject())));
  auto const effects = invented::effects();
  BOOST_TEST(fits_published(printed(invented::troubled(), invented::subject(), &effects)));
  BOOST_TEST(fits_published(printed({}, {.release = "coder", .name_space = "default"})));
}

BOOST_AUTO_TEST_CASE(without_a_rehearsal_the_verdict_is_not_fine) {
  auto report = invented::clean();
  report.lines.push_back({.code = "HC301", .name = "rehearsal-ended", .category = "Objects", .summary = "Helm comes through", .result = report::Result::not_verified});
  auto const json = printed(report, invented::subject());
  BOOST_TEST(json["verdict"].str() == "unknown");
  BOOST_TEST(json["exitCode"].int_or(-1) == report::could_not_run);
  BOOST_TEST(fits_published(json));
}

BOOST_AUTO_TEST_CASE(the_schema_refuses_what_is_not_so) {
  for (auto const* member : {"verdict", "exitCode", "checks", "subject", "changes", "adoptions"}) {
    auto document = printed(invented::troubled(), invented::subject());
    document.set(member) = "odd";
    BOOST_TEST(!fits_published(document), member);
    document.erase(member);
    BOOST_TEST(!fits_published(document), member);
  }
}

BOOST_AUTO_TEST_SUITE_END()
