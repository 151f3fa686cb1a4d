#include <boost/test/unit_test.hpp>

#include "checks/healthy.h"

namespace {

state::State without_backup(std::int64_t bytes, std::vector<state::Table> largest = {}) {
  auto state = with_database([&](auto& database) { database.bytes = bytes, database.largest = std::move(largest); });
  state.request.database_snapshot.clear();
  return state;
}

constexpr std::int64_t mib = 1 << 20, gib = 1 << 30;
std::string const begin = "Coder 1.21.7 may change its tables when it starts, and no rollback of Helm's takes that back; ";

}  // namespace

BOOST_AUTO_TEST_SUITE(database_backup)

BOOST_AUTO_TEST_CASE(a_backup_that_was_taken_passes) {
  BOOST_TEST(passes("database-backup", healthy()));
  BOOST_TEST(checks::find("database-backup")->detail(healthy()) == "taken, as you say; 1.0 GiB");
}

BOOST_AUTO_TEST_CASE(without_one_its_size_and_the_time_of_a_dump_are_told) {
  auto const finding = finding_of("database-backup", without_backup(21 * gib, {{"metric_events", 12 * gib}, {"audit_logs", 3 * gib}, {"users", mib}}));
  BOOST_TEST(finding.object == "database db:5432/coder");
  BOOST_TEST(finding.message == begin + "it has 21 GiB (metric_events 12 GiB, audit_logs 3.0 GiB), and a dump of it takes something between 3 min and 35 min");
}

BOOST_AUTO_TEST_CASE(a_small_one_takes_seconds) {
  BOOST_TEST(finding_of("database-backup", without_backup(8 * mib)).message == begin + "it has 8.0 MiB, and a dump of it takes some seconds");
}

BOOST_AUTO_TEST_CASE(one_that_was_not_seen_is_asked_for_all_the_same) {
  auto state = without_backup(gib);
  state.database = state::Unknown{"it can't be reached from here", ""};
  BOOST_TEST(finding_of("database-backup", state).object == "database");
}

BOOST_AUTO_TEST_CASE(where_nothing_can_be_lost_nothing_is_asked) {
  auto state = without_backup(gib);
  std::get<state::Database>(state.database).has_coder = false;
  BOOST_TEST(passes("database-backup", state));
  state = without_backup(gib);
  std::get<state::Values>(state.values).set["coderd.satellite.enable"] = "true";
  BOOST_TEST(passes("database-backup", state));
  state = upgrade("1.21.7", "1.21.7");
  state.request.database_snapshot.clear();
  BOOST_TEST(passes("database-backup", state));
}

BOOST_AUTO_TEST_CASE(a_chart_that_is_not_known_is_not_verified) {
  auto state = without_backup(gib);
  std::get<state::Target>(state.target).name = "lab";
  BOOST_TEST(unverified_of("database-backup", state).why.find("only Coder's own charts are known") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
