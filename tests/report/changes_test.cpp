#include "report/changes.h"

#include <boost/test/unit_test.hpp>

using report::Change;
using state::Judgement;

namespace {

state::Write write(std::string const& name, Judgement judgement, std::vector<state::Difference> fields = {}) {
  state::Write made{.verb = "PATCH", .api_version = "v1", .object = {"Service", "", "coder", name}};
  made.verdict = {.judgement = judgement, .message = "the server's words"};
  made.changes = {.compared = judgement == Judgement::accepted, .fields = std::move(fields)};
  return made;
}

state::Deletion deletion(std::string const& name) { return {.object = {"Service", "", "coder", name}, .api_version = "v1"}; }

report::Effects effects(state::Rehearsal const& rehearsal) { return report::effects_of(rehearsal, {.name_space = "coder"}); }

Change change_of(state::Rehearsal const& rehearsal) {
  auto const found = effects(rehearsal).objects;
  BOOST_REQUIRE_EQUAL(found.size(), 1u);
  return found.front().change;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(effects_of_an_upgrade)

BOOST_AUTO_TEST_CASE(each_object_is_changed_new_deleted_as_it_was_or_not_known) {
  BOOST_TEST((change_of({.writes = {write("d", Judgement::accepted, {{"spec.a", 0, "1", "2"}})}}) == Change::changed));
  BOOST_TEST((change_of({.writes = {write("d", Judgement::accepted)}}) == Change::unchanged));
  auto made = write("d", Judgement::accepted);
  made.creates = true;
  BOOST_TEST((change_of({.writes = {made}}) == Change::made));
  BOOST_TEST((change_of({.deletions = {deletion("d")}}) == Change::deleted));
  BOOST_TEST((change_of({.writes = {write("d", Judgement::rejected)}}) == Change::unknown));
}

BOOST_AUTO_TEST_CASE(what_was_not_judged_or_not_compared_is_not_known_and_says_why) {
  BOOST_TEST(effects({.writes = {write("d", Judgement::not_verified)}}).objects[0].why == "the server's words");
  auto uncompared = write("d", Judgement::accepted);
  uncompared.changes = {};
  BOOST_TEST(effects({.writes = {uncompared}}).objects[0].why == "it was not compared");
}

BOOST_AUTO_TEST_CASE(an_object_that_is_written_twice_is_one_and_a_refusal_stays) {
  auto first = write("d", Judgement::accepted);
  first.changes = {};
  auto const last = write("d", Judgement::accepted, {{"spec.a", 0, "1", "2"}});
  BOOST_TEST((change_of({.writes = {first, last}}) == Change::changed));
  BOOST_TEST((change_of({.writes = {write("d", Judgement::rejected), last}}) == Change::unknown));
}

BOOST_AUTO_TEST_CASE(what_is_written_and_then_deleted_under_another_api_version_is_deleted) {
  auto gone = deletion("d");
  gone.still_written_as = "v2";
  BOOST_TEST((change_of({.writes = {write("d", Judgement::accepted, {{"spec.a", 0, "1", "2"}})}, .deletions = {gone}}) == Change::deleted));
  auto kept = deletion("e");
  kept.kept = true;
  BOOST_TEST(effects({.deletions = {kept}}).objects.empty());
}

BOOST_AUTO_TEST_CASE(an_object_of_another_release_that_lives_is_not_adopted) {
  state::Request const request{.name_space = "coder"};
  state::Ownership owned{.object = {"Service", "", "coder", "d"}, .release = "other", .release_name_space = "coder", .release_exists = true};
  owned.adoption.judgement = Judgement::accepted;
  state::Rehearsal const rehearsal{.complete = true};
  auto const adoption = report::adoption_of(owned, rehearsal, request);
  BOOST_TEST((adoption.works == Judgement::rejected));
  BOOST_TEST(adoption.why == "it belongs to release other in namespace coder");
  owned.release_exists = false;
  BOOST_TEST((report::adoption_of(owned, rehearsal, request).works == Judgement::accepted));
  BOOST_TEST((report::adoption_of(owned, {}, request).works == Judgement::not_verified), "Helm did not come as far");
}

BOOST_AUTO_TEST_SUITE_END()
