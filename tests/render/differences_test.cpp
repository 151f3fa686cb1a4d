#include "render/differences.h"

#include "golden.h"
#include "render/invented.h"

BOOST_AUTO_TEST_SUITE(diff)

namespace {

std::string shown(report::Effects const& effects, render::Look look = {.width = 80}) {
  return render::differences(effects, invented::request(), look);
}

}  // namespace

BOOST_AUTO_TEST_CASE(every_kind_of_change) { check_golden("diff.txt", shown(invented::effects())); }

BOOST_AUTO_TEST_CASE(colours_where_they_are_wanted) {
  check_golden("diff-colour.txt", shown(invented::effects(), {.colour = true, .width = 200}));
}

BOOST_AUTO_TEST_CASE(nothing_that_changes_is_said_in_a_line) {
  BOOST_TEST(shown({.complete = true}) == "\nWhat changes in the cluster\n\nNo object changes\n");
  BOOST_TEST(shown({}).ends_with("The rehearsal did not come to the end: there may be more.\n"));
}

BOOST_AUTO_TEST_SUITE_END()
