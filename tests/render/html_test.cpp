#include <boost/test/unit_test.hpp>
#include <pugixml.hpp>

#include "base/text.h"
#include "render/hostile.h"

namespace {

std::string page(hostile::Everything const& all) { return render::html_page(all.document()); }

struct Troubled {
  report::Report report = invented::troubled();
  report::Subject subject = invented::subject();
  report::Effects effects = invented::effects();
  state::Request request = invented::request();
  std::string text = render::html_page({.report = report, .subject = subject, .request = request, .effects = &effects, .at = 1627300800});
  bool has(std::string_view part) const { return text.find(part) != std::string::npos; }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(in_html)

BOOST_FIXTURE_TEST_CASE(findings_remedies_differences_and_rollbacks_are_on_one_page, Troubled) {
  for (auto const* part : {"spec.clusterIPs[0]", "helm coder upgrade --version 1.21.7 --recreate Service/d -n coder", "Secret coder-db can't be read",
                           "hidden, changed", "docker.io/coderenvs/coder:1.21.7", "no Service with the name", "2021-07-26 12:00 UTC", "The errors forbid this upgrade"})
    BOOST_TEST(has(part), part);
}

BOOST_FIXTURE_TEST_CASE(nothing_is_fetched_and_nothing_runs, Troubled) {
  BOOST_TEST(has("default-src 'none'; style-src 'unsafe-inline'"));
  for (auto const* part : {"<script", "<link", "<img", "src=", "url(", "@import", "http://", "https://"}) BOOST_TEST(!has(part), part);
}

// `<p />` is an open paragraph to a browser; only what is empty by its nature may end so.
BOOST_FIXTURE_TEST_CASE(no_element_is_left_open, Troubled) {
  for (auto at = text.find("/>"); at != std::string::npos; at = text.find("/>", at + 1)) {
    auto const start = text.rfind('<', at);
    BOOST_TEST(text.substr(start, 6) == "<meta ");
  }
  pugi::xml_document xml;
  BOOST_TEST(xml.load_buffer(text.data(), text.size()));
}

BOOST_AUTO_TEST_CASE(hostile_words_stay_words) {
  auto const text = page({});
  BOOST_TEST(base::printable(text, false) == text);
  BOOST_TEST(text.find("<script") == std::string::npos);
  BOOST_TEST(text.find("</style>") == text.rfind("</style>"));
  BOOST_TEST(text.find("&lt;script&gt;") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(where_the_time_went_is_told_of_a_look_and_not_of_a_recording, Troubled) {
  BOOST_TEST(!has("id=\"timings\""));
  report.lines.front().seconds = 0.25;
  text = render::html_page({.report = report, .subject = subject, .request = request, .timings = {{"the chart", 0.004, 0.5}}});
  for (auto const* part : {"id=\"timings\"", ">the chart</th>", ">4 ms</td>", ">500 ms</td>", ">HC101 helm-version</th>", ">250 ms</td>"}) BOOST_TEST(has(part), part);
}

BOOST_AUTO_TEST_SUITE_END()
