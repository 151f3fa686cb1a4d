#include "actions/plan_recover.h"

#include <boost/test/unit_test.hpp>

namespace {

using namespace actions;
using state::Revision;

constexpr std::int64_t now = 1'700'000'000;

Revision revision(int number, std::string status, std::string description = {}) {
  return {.number = number, .status = std::move(status), .chart = "coder", .chart_version = number == 1 ? "1.20.0" : "1.21.7",
          .updated = now - 100, .description = std::move(description)};
}

state::Release release(std::vector<Revision> revisions) { return {.name = "coder", .name_space = "coder", .revisions = std::move(revisions)}; }

state::Request request() {
  state::Request request;
  request.name_space = "coder";
  return request;
}

Diagnosis diagnosis(std::vector<Revision> revisions, state::Request const& asked = request()) {
  return diagnose(release(std::move(revisions)), asked, now, {}, {});
}

Object object(std::string kind, std::string name) { return {{kind, "", "coder", name}, "/" + kind + "/" + name, "uid-" + name}; }

// An upgrade that was killed after the steps that are given.
PastRun killed(Plan plan, std::vector<std::optional<Event>> steps) {
  steps.resize(plan.size());
  return {.folder = "/backups/killed", .occasion = {.last_revision = 1, .from = "1.20.0", .to = "1.21.7"}, .plan = std::move(plan), .steps = std::move(steps)};
}

Step marked() { return {.name = "adopt", .undo = "x", .work = adoption(object("ServiceAccount", "coder"), {}, request())}; }
Step released() { return {.name = "let go", .work = *without_protection(std::get<Mark>(marked().work))}; }
Step remade() { return {.name = "recreate", .undo = "x", .work = Remake{object("Service", "d"), "Background", {}}}; }
Step upgraded() { return {.name = "upgrade", .work = RunHelm{{"upgrade"}, 1}}; }

std::vector<std::string> names(Plan const& plan) {
  std::vector<std::string> all;
  for (auto const& step : plan) all.push_back(step.name);
  return all;
}

void check_names(Plan const& plan, std::vector<std::string> const& expected) { BOOST_TEST(names(plan) == expected, boost::test_tools::per_element()); }

}  // namespace

BOOST_AUTO_TEST_SUITE(diagnosis_of_a_release)

BOOST_AUTO_TEST_CASE(a_deployed_release_is_healthy_unless_objects_are_missing) {
  BOOST_TEST((diagnosis({revision(1, "deployed")}).condition == Condition::healthy));
  auto const seen = diagnose(release({revision(1, "deployed")}), request(), now, {"Ingress/web"}, {});
  BOOST_TEST((seen.condition == Condition::incomplete));
  BOOST_TEST(describe(seen, release({}), request(), now) == "Revision 1 (1.20.0) is deployed, but these objects of it are not there: Ingress/web.");
}

BOOST_AUTO_TEST_CASE(a_pending_revision_is_held_until_the_time_limit_has_gone_by) {
  std::vector<Revision> const revisions = {revision(1, "deployed"), revision(2, "pending-upgrade")};
  BOOST_TEST((diagnosis(revisions).condition == Condition::held));  // an hour, where no limit is given
  auto asked = request();
  asked.timeout_given = true;
  asked.timeout_seconds = 101;
  BOOST_TEST((diagnosis(revisions, asked).condition == Condition::held));
  asked.timeout_seconds = 99;
  BOOST_TEST((diagnosis(revisions, asked).condition == Condition::stuck));
}

BOOST_AUTO_TEST_CASE(who_knows_that_the_holder_is_dead_need_not_wait) {
  auto asked = request();
  asked.holder_is_dead = true;
  BOOST_TEST((diagnosis({revision(1, "deployed"), revision(2, "pending-rollback")}, asked).condition == Condition::stuck));
}

BOOST_AUTO_TEST_CASE(a_lock_of_unknown_age_counts_as_alive) {
  auto pending = revision(2, "pending-upgrade");
  pending.updated = 0;
  auto asked = request();
  asked.timeout_given = true;
  asked.timeout_seconds = 1;
  BOOST_TEST((diagnosis({revision(1, "deployed"), pending}, asked).condition == Condition::held));
}

BOOST_AUTO_TEST_CASE(a_rollback_that_failed_is_told_from_an_upgrade_that_did) {
  BOOST_TEST((diagnosis({revision(1, "deployed"), revision(2, "failed", "Upgrade \"coder\" failed: x")}).condition == Condition::failed));
  auto const seen = diagnosis({revision(1, "deployed"), revision(2, "superseded", "Upgrade \"coder\" failed: x"),
                               revision(3, "failed", "Rollback \"coder\" failed: y")});
  BOOST_TEST((seen.condition == Condition::rollback_failed));
  BOOST_TEST(seen.attempt == 2);
  BOOST_TEST(seen.good == std::vector<int>{1}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_deployed_comes_before_what_was_and_failures_never_count_as_good) {
  auto const seen = diagnosis({revision(1, "superseded", "Install complete"), revision(2, "superseded", "Upgrade complete"),
                               revision(3, "superseded", "Upgrade \"coder\" failed: x"), revision(4, "deployed", "Rollback to 2"),
                               revision(5, "failed", "Upgrade \"coder\" failed: x")});
  BOOST_TEST(seen.good == (std::vector<int>{4, 2, 1}), boost::test_tools::per_element());
  BOOST_TEST(seen.attempt == 5);
}

BOOST_AUTO_TEST_CASE(a_first_installation_that_failed_has_nothing_to_go_back_to) {
  auto const seen = diagnosis({revision(1, "failed")});
  BOOST_TEST(seen.good.empty());
  BOOST_TEST(seen.attempt == 1);
}

BOOST_AUTO_TEST_CASE(what_an_uninstallation_took_can_be_made_again) {
  auto asked = request();
  asked.holder_is_dead = true;
  BOOST_TEST(diagnosis({revision(1, "uninstalling")}, asked).good == std::vector<int>{1}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_record_that_cannot_be_read_is_nothing_to_go_back_to) {
  auto unreadable = revision(1, "deployed");
  unreadable.readable = false;
  BOOST_TEST(diagnosis({unreadable, revision(2, "failed")}).good.empty());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(plan_of_a_recovery)

BOOST_AUTO_TEST_CASE(marks_the_stale_record_goes_back_sweeps_and_looks) {
  Recovery recovery{.folder = "/backups/one", .stale = FailRecord{"/r2", "17", "pending-upgrade", 2}};
  recovery.way = {.name = "roll back to revision 1 (1.20.0)", .version = "1.20.0", .clean = true, .helm = {"rollback", "coder", "1"}};
  recovery.way.swept = {object("Service", "new")};
  auto const seen = diagnosis({revision(1, "deployed"), revision(2, "pending-upgrade")});
  auto const plan = plan_recover(recovery, seen, request());
  check_names(plan, {"save what will be touched", "mark revision 2 failed", "roll back to revision 1 (1.20.0)", "remove Service/new",
                     "look that it is as planned"});
  auto const& verify = std::get<Verify>(plan.back().work);
  BOOST_TEST(verify.alone);
  BOOST_TEST(verify.after_revision == 2);
  BOOST_TEST(std::get<RunHelm>(plan[2].work).last_revision == 2);
}

BOOST_AUTO_TEST_CASE(going_back_restores_what_a_killed_upgrade_deleted_before_helm_runs_and_lets_go_afterwards) {
  auto seen = diagnosis({revision(1, "deployed"), revision(2, "pending-upgrade")});
  seen.open = {killed({marked(), remade(), upgraded(), released()}, {Event::done, Event::done, Event::begun})};
  Recovery recovery{.way = {.name = "roll back", .helm = {"rollback"}}};
  auto const plan = plan_recover(recovery, seen, request());
  check_names(plan, {"save what will be touched", "put back Service/d", "roll back", "let go of ServiceAccount/coder", "look that it is as planned"});
  BOOST_TEST(std::get<TakeBack>(plan[3].work).folder == "/backups/killed");
}

BOOST_AUTO_TEST_CASE(going_on_leaves_adopted_objects_adopted_and_only_lets_go_of_them) {
  auto seen = diagnosis({revision(1, "deployed"), revision(2, "failed")});
  seen.open = {killed({marked(), remade(), upgraded(), released()}, {Event::done, Event::done, Event::begun})};
  Recovery recovery{.way = {.kind = WayOut::Kind::go_on, .name = "go on", .helm = {"upgrade"}}};
  auto const plan = plan_recover(recovery, seen, request());
  check_names(plan, {"save what will be touched", "go on", "let go of ServiceAccount/coder", "look that it is as planned"});
  BOOST_TEST((std::get<Mark>(plan[2].work).now.annotations == Words{{"helm.sh/resource-policy", std::nullopt}}));
}

BOOST_AUTO_TEST_CASE(what_was_not_begun_or_is_taken_back_already_is_no_leftover) {
  auto const undone = killed({marked(), remade(), upgraded()}, {Event::undone, std::nullopt, std::nullopt});
  auto const left = left_over({undone}, false);
  BOOST_TEST(left.before.empty());
  BOOST_TEST(left.after.empty());
}

BOOST_AUTO_TEST_CASE(what_was_let_go_of_already_is_no_leftover) {
  auto const run = killed({marked(), upgraded(), released()}, {Event::done, Event::done, Event::done});
  BOOST_TEST(left_over({run}, true).after.empty());
  BOOST_TEST(left_over({run}, false).after.empty());
}

BOOST_AUTO_TEST_CASE(a_recovery_that_was_killed_itself_leaves_what_it_had_not_done) {
  TakeBack const taken{std::get<Mark>(marked().work), "/backups/older"};
  auto const run = killed({{.name = "let go", .work = taken}}, {Event::begun});
  auto const left = left_over({run}, false);
  BOOST_REQUIRE(left.after.size() == 1u);
  BOOST_TEST(std::get<TakeBack>(left.after.front().work).folder == "/backups/older");
}

BOOST_AUTO_TEST_CASE(a_killed_run_came_through_if_the_revision_that_it_made_was_deployed) {
  auto const run = killed({upgraded()}, {Event::begun});
  auto const old = revision(1, "superseded");
  BOOST_TEST(came_through(run, release({old, revision(2, "deployed")})));
  BOOST_TEST(came_through(run, release({old, revision(2, "superseded", "Upgrade complete"), revision(3, "deployed")})));
  BOOST_TEST(!came_through(run, release({revision(1, "deployed")})));
  BOOST_TEST(!came_through(run, release({old, revision(2, "failed"), revision(3, "deployed", "Rollback to 1")})));
}

BOOST_AUTO_TEST_SUITE_END()
