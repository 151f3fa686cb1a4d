#include "actions/perform.h"

#include <filesystem>
#include <fstream>

#include <boost/test/unit_test.hpp>

#include "actions/fake_cluster.h"
#include "actions/remedies.h"
#include "clients/folder.h"

namespace {

using namespace actions;
using base::Json;

std::string const account = "/api/v1/namespaces/coder/serviceaccounts/coder";
std::string const service = "/api/v1/namespaces/coder/services/d";
constexpr auto policy = "helm.sh/resource-policy";

// A release at revision 3 with a foreign ServiceAccount and a Service that is to be made anew.
struct World {
  World() {
    for (int i = 1; i < 4; ++i) cluster.add_record(i, i < 3 ? "superseded" : "deployed", "1.21.0");
    cluster.add(account, R"({"kind":"ServiceAccount","metadata":{"labels":{"team":"a"}}})");
    cluster.add(service, R"({"kind":"Service","spec":{"clusterIP":"10.0.0.9"}})");
    request.name_space = release.name_space = "coder";
    release.name = "coder";
    backup.make();
  }

  Object object(std::string const& kind, std::string const& path) {
    return {{kind, "", "coder", path.substr(path.rfind('/') + 1)}, path, cluster.at(path)["metadata"]["uid"].str()};
  }
  Mark adopts() { return adoption(object("ServiceAccount", account), cluster.at(account), request); }
  Remake remakes() {
    return {object("Service", service), "Background", base::parse_json(R"({"kind":"Service","metadata":{"name":"d","annotations":
      {"meta.helm.sh/release-name":"coder","meta.helm.sh/release-namespace":"coder"}},"spec":{"clusterIP":"None"}})").value()};
  }

  void plan_all() {
    auto const mark = adopts();
    plan = {{.name = "save", .work = Save{}},
            {.name = "adopt", .undo = "It stays.", .work = mark},
            {.name = "recreate", .undo = "It comes back.", .work = remakes()},
            {.name = "upgrade", .undo = "Helm does.", .work = RunHelm{{"upgrade"}, 3}},
            {.name = "let go", .work = *without_protection(mark)},
            {.name = "look", .work = Verify{.after_revision = 3, .chart_version = "1.21.7", .there = {object("ServiceAccount", account)}}}};
  }

  Performed perform() {
    for (auto const& path : {account, service})
      if (cluster.has(path)) backup.save_object(saved_as(object(path == account ? "ServiceAccount" : "Service", path).id), cluster.at(path));
    Journal journal(backup.folder(), {.command = "upgrade", .release = "coder", .name_space = "coder"}, plan);
    return actions::perform(plan, hands(), journal);
  }

  Hands hands() {
    return {.api = cluster,
            .release = release,
            .backup = backup,
            .helm = [this](auto const&) { return helm(); },
            .still_ours = [this](std::string* why) { return lost.empty() || (*why = lost, false); },
            .interrupted = [this] { return interrupted; },
            .tell = [this](Step const& step, Event event, std::string const&) { told.emplace_back(step.name, event); },
            .patience = std::chrono::milliseconds(20),
            .between = std::chrono::milliseconds(1)};
  }

  // What Helm does when it comes through, and when it fails.
  std::function<clients::Ended()> helm = [this] {
    cluster.add_record(4, "deployed", "1.21.7");
    cluster.objects.at(account).set("metadata").set("labels").set("chart") = "coder";
    return clients::Ended{.how = clients::Ended::How::exited, .code = 0};
  };
  clients::Ended fails(std::vector<std::pair<int, std::string>> const& records, clients::Ended::How how = clients::Ended::How::exited) {
    for (auto const& [revision, status] : records) cluster.add_record(revision, status, "1.21.0");
    cluster.objects.at(account).set("metadata").set("labels").set("chart") = "coder";
    return {.how = how, .code = how == clients::Ended::How::exited ? 1 : 9};
  }

  std::optional<PastRun> journal() {
    std::string why;
    return read_run(backup.folder(), &why);
  }
  bool told_of(char const* name, Event event) const {
    return std::find(told.begin(), told.end(), std::pair(std::string(name), event)) != told.end();
  }

  FakeCluster cluster;
  clients::Folder home;
  Backup backup{Backup::folder_for(home.path(), "coder", "coder", 1'700'000'000)};
  state::Release release;
  state::Request request;
  Plan plan;
  std::string lost;
  bool interrupted = false;
  std::vector<std::pair<std::string, Event>> told;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(performing)

BOOST_AUTO_TEST_CASE(a_plan_that_comes_through_leaves_what_was_planned) {
  World world;
  world.plan_all();
  auto const done = world.perform();
  BOOST_TEST(done.ok, done.problem);
  auto const& adopted = world.cluster.at(account)["metadata"];
  BOOST_TEST(adopted["labels"]["app.kubernetes.io/managed-by"].str() == "Helm");
  BOOST_TEST(!adopted["annotations"].has(policy));
  BOOST_TEST(world.cluster.at(service)["spec"]["clusterIP"].str() == "None");
  BOOST_TEST(world.journal()->closed);
}

BOOST_AUTO_TEST_CASE(the_object_is_kept_while_helm_runs) {
  World world;
  world.plan_all();
  bool kept = false;
  world.helm = [&] {
    kept = world.cluster.at(account)["metadata"]["annotations"][policy].str() == "keep";
    return world.fails({});
  };
  world.perform();
  BOOST_TEST(kept);
}

BOOST_AUTO_TEST_CASE(after_helm_has_rolled_back_adopted_objects_are_what_they_were) {
  World world;
  world.plan_all();
  auto const before = as_new(world.cluster.at(account));
  world.helm = [&] { return world.fails({{4, "failed"}, {5, "deployed"}}); };
  auto const done = world.perform();
  BOOST_TEST(!done.ok);
  BOOST_TEST((done.aftermath == Aftermath::rolled_back));
  BOOST_TEST(done.problem == "upgrade: Helm ended with code 1");
  BOOST_TEST(base::to_text(as_new(world.cluster.at(account))) == base::to_text(before));
  BOOST_TEST(done.left.empty());
  BOOST_TEST(world.journal()->closed);
}

BOOST_AUTO_TEST_CASE(a_failure_that_helm_did_not_roll_back_leaves_the_object_kept_and_the_journal_open) {
  World world;
  world.plan_all();
  world.helm = [&] { return world.fails({{4, "pending-upgrade"}}, clients::Ended::How::signalled); };
  auto const done = world.perform();
  BOOST_TEST((done.aftermath == Aftermath::stuck));
  BOOST_TEST(world.cluster.at(account)["metadata"]["annotations"][policy].str() == "keep");
  BOOST_TEST(done.left.size() == 1u);
  BOOST_TEST(!world.journal()->closed);
}

BOOST_AUTO_TEST_CASE(a_recreated_object_comes_back_when_helm_did_nothing) {
  World world;
  world.plan_all();
  world.helm = [&] { return world.fails({}); };
  auto const done = world.perform();
  BOOST_TEST((done.aftermath == Aftermath::untouched));
  BOOST_TEST(world.cluster.at(service)["spec"]["clusterIP"].str() == "10.0.0.9");
  BOOST_TEST(done.left.empty());
}

BOOST_AUTO_TEST_CASE(what_helm_rolled_back_itself_is_left_to_it) {
  World world;
  world.plan_all();
  world.helm = [&] { return world.fails({{4, "failed"}, {5, "deployed"}}); };
  world.perform();
  BOOST_TEST(world.cluster.at(service)["spec"]["clusterIP"].str() == "None");
}

BOOST_AUTO_TEST_CASE(an_adopted_object_that_was_deleted_all_the_same_is_made_again) {
  World world;
  world.plan_all();
  world.helm = [&] {
    auto ended = world.fails({{4, "failed"}, {5, "deployed"}});
    world.cluster.objects.erase(account);
    return ended;
  };
  world.perform();
  BOOST_TEST(world.cluster.at(account)["metadata"]["labels"]["team"].str() == "a");
}

BOOST_AUTO_TEST_CASE(a_step_that_is_refused_takes_the_earlier_ones_back) {
  World world;
  world.plan_all();
  world.cluster.answers["DELETE " + service] = 403;
  auto const done = world.perform();
  BOOST_TEST(done.problem == "recreate: deleting Service/d failed: Planned");
  BOOST_TEST(!world.cluster.at(account)["metadata"]["annotations"].has(policy));
  BOOST_TEST(world.told_of("adopt", Event::undone));
  BOOST_TEST(!world.told_of("upgrade", Event::begun));
}

BOOST_AUTO_TEST_CASE(an_old_object_is_put_back_where_the_new_one_is_refused) {
  World world;
  world.plan_all();
  world.cluster.answers["POST /api/v1/namespaces/coder/services"] = 403;
  auto const done = world.perform();
  BOOST_TEST(done.problem.find("the old one was put back") != std::string::npos);
  BOOST_TEST(world.cluster.at(service)["spec"]["clusterIP"].str() == "10.0.0.9");
}

BOOST_AUTO_TEST_CASE(a_deletion_names_the_very_object) {
  World world;
  world.plan_all();
  world.plan.erase(world.plan.begin() + 1);
  world.cluster.objects.at(service).set("metadata").set("uid") = "another";
  auto const done = world.perform();
  BOOST_TEST(done.problem.find("somebody replaced it meanwhile") != std::string::npos);
  BOOST_TEST(world.cluster.at(service)["metadata"]["uid"].str() == "another");
}

BOOST_AUTO_TEST_CASE(a_foreign_object_comes_back_only_when_no_rollback_can_take_it_away) {
  World world;
  world.plan_all();
  std::get<Remake>(world.plan[2].work).foreign = true;
  world.helm = [&] { return world.fails({{4, "pending-upgrade"}}, clients::Ended::How::signalled); };
  auto const done = world.perform();
  BOOST_TEST(world.cluster.at(service)["spec"]["clusterIP"].str() == "None");
  BOOST_TEST(done.left.size() == 2u);
  BOOST_TEST(!world.journal()->closed);
}

BOOST_AUTO_TEST_CASE(what_somebody_else_made_meanwhile_is_left_alone) {
  World world;
  world.plan_all();
  world.helm = [&] {
    world.cluster.objects.at(service) = base::parse_json(R"({"metadata":{"name":"d","uid":"another"}})").value();
    return world.fails({});
  };
  auto const done = world.perform();
  BOOST_TEST(world.cluster.at(service)["metadata"]["uid"].str() == "another");
  BOOST_TEST(done.left.size() == 1u);
}

BOOST_AUTO_TEST_CASE(who_lost_the_lock_stops) {
  World world;
  world.plan_all();
  world.lost = "the lock was taken over";
  auto const done = world.perform();
  BOOST_TEST(done.problem == "save: the lock was taken over");
  BOOST_TEST(world.cluster.asked.empty());
}

BOOST_AUTO_TEST_CASE(a_release_that_changed_meanwhile_is_left_alone) {
  World world;
  world.plan_all();
  world.cluster.add_record(4, "deployed");
  bool ran = false;
  world.helm = [&] { return ran = true, clients::Ended{}; };
  auto const done = world.perform();
  BOOST_TEST(!ran);
  BOOST_TEST(done.problem.find("revision 4 is the last one now") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_interruption_before_helm_takes_everything_back) {
  World world;
  world.plan_all();
  world.interrupted = true;
  BOOST_TEST(world.perform().problem == "save: interrupted");
}

BOOST_AUTO_TEST_CASE(an_interruption_while_helm_runs_still_lets_go_of_what_was_kept) {
  World world;
  world.plan_all();
  auto const through = world.helm;
  world.helm = [&] { return world.interrupted = true, through(); };
  BOOST_TEST(world.perform().ok);
  BOOST_TEST(!world.cluster.at(account)["metadata"]["annotations"].has(policy));
}

BOOST_AUTO_TEST_CASE(what_is_not_as_planned_is_told_and_the_journal_stays_open) {
  World world;
  world.plan_all();
  auto const through = world.helm;
  world.helm = [&] {
    auto ended = through();
    world.cluster.objects.erase(account);
    return ended;
  };
  auto const done = world.perform();
  BOOST_TEST(!done.ok);
  BOOST_TEST(done.problem.empty());
  BOOST_TEST(done.left.back() == "look: ServiceAccount/coder is missing");
}

BOOST_AUTO_TEST_CASE(a_stale_record_is_marked_failed_only_if_it_is_what_it_was) {
  World world;
  world.cluster.add_record(4, "pending-upgrade");
  auto const path = "/api/v1/namespaces/coder/secrets/sh.helm.release.v1.coder.v4";
  FailRecord stale{path, world.cluster.at(path)["metadata"]["resourceVersion"].str(), "pending-upgrade", 4};
  world.plan = {{.name = "free", .work = stale}};
  BOOST_TEST(world.perform().ok);
  BOOST_TEST(world.cluster.at(path)["metadata"]["labels"]["status"].str() == "failed");
  BOOST_TEST(std::filesystem::exists(world.backup.folder() + "/record-4.json"));
  BOOST_TEST(world.perform().problem.find("changed since it was looked at") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
