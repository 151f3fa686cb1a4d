#include "render/outcome.h"

#include <boost/test/unit_test.hpp>

namespace {

base::Json json_of(actions::Performed const& performed, std::optional<report::Command> next = {}) {
  state::Request const request{.name_space = "coder"};
  return render::outcome_json({.what = "The upgrade", .performed = performed, .request = request, .folder = "/backups/a",
                               .last = actions::Record{.revision = 3, .status = "failed"}, .last_version = "1.21.7", .next = std::move(next)});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(an_outcome)

BOOST_AUTO_TEST_CASE(of_what_went_well_has_no_problem_and_nothing_next) {
  auto const json = json_of({.ok = true});
  BOOST_TEST(json["ok"].bool_or(false));
  BOOST_TEST((json["problem"].is_null() && json["helm"].is_null() && json["next"].is_null() && json["left"].items().empty()));
  BOOST_TEST((json["last"]["revision"].int_or(0) == 3 && json["last"]["version"].str() == "1.21.7" && json["backup"].str() == "/backups/a"));
}

BOOST_AUTO_TEST_CASE(of_a_failure_says_what_helm_left_and_what_is_next) {
  auto const json = json_of({.aftermath = actions::Aftermath::stuck, .problem = "upgrade: it \xff timed out", .left = {"Service/d is not there"}}, report::helm_coder({"recover"}));
  BOOST_TEST(!json["ok"].bool_or(true));
  BOOST_TEST((json["helm"].str() == "stuck" && json["left"].items().at(0).str() == "Service/d is not there"));
  BOOST_TEST(json["problem"].str() == "upgrade: it \xef\xbf\xbd timed out");
  BOOST_TEST(json["next"]["command"].str() == "helm coder recover");
}

BOOST_AUTO_TEST_SUITE_END()
