#include "actions/journal.h"

#include <filesystem>
#include <fstream>

#include <boost/test/unit_test.hpp>

#include "actions/perform_backup.h"
#include "clients/folder.h"

namespace {

using namespace actions;

Plan plan() { return {{.name = "one", .work = Save{"/x"}}, {.name = "two", .work = RunHelm{{"upgrade"}, 3}}}; }
Occasion occasion() { return {.command = "upgrade", .release = "coder", .name_space = "ns", .cluster = "u1", .last_revision = 3, .from = "1", .to = "2"}; }

struct Home {
  clients::Folder folder;
  std::string next() {
    Backup backup(Backup::folder_for(folder.path(), "ns", "coder", ++time_));
    backup.make();
    return backup.folder();
  }

 private:
  std::int64_t time_ = 1'700'000'000;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(the_journal)

BOOST_AUTO_TEST_CASE(tells_which_steps_were_begun_and_done) {
  Home home;
  auto const folder = home.next();
  {
    Journal journal(folder, occasion(), plan());
    journal.note(Event::begun, 0);
    journal.note(Event::done, 0);
    journal.note(Event::begun, 1);
  }
  std::string why;
  auto const run = read_run(folder, &why);
  BOOST_REQUIRE_MESSAGE(run, why);
  BOOST_TEST((run->steps == std::vector<std::optional<Event>>{Event::done, Event::begun}));
  BOOST_TEST(!run->closed);
  BOOST_TEST(run->occasion.last_revision == 3);
  BOOST_TEST((std::get<RunHelm>(run->plan[1].work) == RunHelm{{"upgrade"}, 3}));
}

BOOST_AUTO_TEST_CASE(a_line_that_was_cut_off_did_not_happen) {
  Home home;
  auto const folder = home.next();
  { Journal(folder, occasion(), plan()).note(Event::begun, 0); }
  std::ofstream(folder + "/journal.jsonl", std::ios::app) << R"({"event":"done","st)";
  std::string why;
  BOOST_TEST((read_run(folder, &why)->steps.front() == Event::begun));
}

BOOST_AUTO_TEST_CASE(only_open_runs_of_the_release_are_found_the_newest_first) {
  Home home;
  auto const first = home.next(), second = home.next(), third = home.next();
  home.next();  // holds no run
  { Journal(first, occasion(), plan()); }
  { Journal(second, occasion(), plan()).close("done"); }
  { Journal(third, occasion(), plan()); }
  auto const runs = open_runs(home.folder.path(), "ns", "coder");
  BOOST_REQUIRE(runs.size() == 2u);
  BOOST_TEST(runs.front().folder == third);
  BOOST_TEST(open_runs(home.folder.path(), "ns", "other").empty());
  BOOST_TEST(!close_run(runs.front(), "done later"));
  BOOST_TEST(open_runs(home.folder.path(), "ns", "coder").size() == 1u);
}

BOOST_AUTO_TEST_CASE(nobody_else_can_read_it) {
  Home home;
  auto const folder = home.next();
  Journal const journal(folder, occasion(), plan());
  using std::filesystem::perms;
  BOOST_TEST((std::filesystem::status(folder).permissions() == perms::owner_all));
  for (auto const* file : {"/plan.json", "/journal.jsonl"})
    BOOST_TEST((std::filesystem::status(folder + file).permissions() == (perms::owner_read | perms::owner_write)));
}

BOOST_AUTO_TEST_CASE(two_backups_of_one_second_have_folders_of_their_own) {
  clients::Folder home;
  auto const name = [&] { return Backup::folder_for(home.path() + "/new/deep", "ns", "coder", 5); };
  auto const first = name();
  Backup(first).make();
  BOOST_TEST(name() != first);
}

BOOST_AUTO_TEST_CASE(a_backup_that_is_discarded_leaves_nothing_that_was_not_there) {
  clients::Folder home;
  Backup one(home.path() + "/new/deep/one");
  one.make();
  one.save("values.yaml", "a: 1");
  Backup two(home.path() + "/new/deep/two");
  two.make();
  one.discard();
  BOOST_TEST(std::filesystem::exists(two.folder()));
  two.discard();
  BOOST_TEST(std::filesystem::exists(home.path() + "/new"));  // the first had made it, while the second was there
  Backup three(home.path() + "/other/three");
  three.make();
  three.discard();
  BOOST_TEST(!std::filesystem::exists(home.path() + "/other"));
}

BOOST_AUTO_TEST_SUITE_END()
