#include <boost/test/unit_test.hpp>

#include "clients/postgres.h"
#include "clients/psql.h"
#include "collect/database_facts.h"
#include "database/fixture.h"

// What a psql answers is what libpq would, on the same server.
BOOST_AUTO_TEST_SUITE(psql)

namespace {

using clients::Psql;
using Kind = clients::Session::Failure::Kind;
using Environment = std::vector<std::pair<std::string, std::string>>;
using namespace std::chrono_literals;

Database& server() { return Database::server(); }

clients::Spawn psql(std::string const& role, std::string const& password, std::string const& database, Environment const& more = {}) {
  clients::Spawn spawn{.argv = Psql::flags(), .set = {{"LC_ALL", "C"}, {"PGHOST", "127.0.0.1"}, {"PGPORT", server().port}, {"PGUSER", role}, {"PGDATABASE", database}}};
  spawn.argv.insert(spawn.argv.begin(), "psql");
  if (!password.empty()) spawn.set.emplace_back("PGPASSWORD", password);
  for (auto const& [name, value] : more) {
    std::erase_if(spawn.set, [&](auto const& each) { return each.first == name; });
    spawn.set.emplace_back(name, value);
  }
  return spawn;
}

auto connected(clients::Spawn const& spawn, std::chrono::milliseconds limit = 5s) {
  Psql::Failure failure;
  auto session = Psql::start(spawn, limit, &failure);
  BOOST_REQUIRE_MESSAGE(session, failure.words);
  return session;
}

auto failure_of(clients::Spawn const& spawn) {
  Psql::Failure failure;
  BOOST_TEST(!Psql::start(spawn, 2s, &failure));
  return failure;
}

// By libpq, with the same login.
auto its_failure(clients::Postgres::Settings const& settings) {
  clients::Postgres::Failure failure;
  BOOST_TEST(!clients::Postgres::connect(settings, 2s, &failure));
  return failure;
}

state::Database facts(clients::Session& session) {
  state::Database seen;
  auto const why = collect::read_facts(session, "", 60s, seen);
  BOOST_REQUIRE_MESSAGE(!why, *why);
  seen.connections_used = 0, seen.hidden_sessions = 0, seen.long_sessions.clear(), seen.bytes = 0;  // they change by themselves
  return seen;
}

}  // namespace

BOOST_AUTO_TEST_CASE(a_login_tells_version_encryption_and_address) {
  auto const session = connected(psql("superuser", "SUPERUSER", "owned", {{"PGSSLMODE", "require"}}));
  BOOST_TEST(session->server_version() >= 110000);
  BOOST_TEST(session->encrypted());
  BOOST_TEST(session->address() == "127.0.0.1:" + server().port + "/owned");
  BOOST_TEST(session->database() == "owned");
  BOOST_TEST(session->schema() == "public");
  BOOST_TEST(!connected(psql("superuser", "SUPERUSER", "owned", {{"PGSSLMODE", "disable"}}))->encrypted());
}

BOOST_AUTO_TEST_CASE(both_ways_see_the_same) {
  for (auto const* role : {"superuser", "owner", "reader"}) {
    std::string password = role;
    for (char& c : password) c = static_cast<char>(c - 'a' + 'A');
    clients::Postgres::Failure failure;
    auto const by_libpq = clients::Postgres::connect(server().login(role, password, "owned"), 5s, &failure);
    BOOST_REQUIRE_MESSAGE(by_libpq, failure.words);
    BOOST_TEST((facts(*connected(psql(role, password, "owned"))) == facts(*by_libpq)), role);
  }
}

BOOST_AUTO_TEST_CASE(any_text_comes_through) {
  auto const session = connected(psql("superuser", "SUPERUSER", "owned"));
  std::string why;
  std::string const odd = "a'b\\c\nd\re\tf;g :p1 \"h\" $1 ü \x01|";
  auto const rows = session->query("SELECT $1, NULL, '', $2::int UNION ALL SELECT '', $1, '\\echo x', 2", {odd, "1"}, &why);
  BOOST_REQUIRE_MESSAGE(rows, why);
  BOOST_TEST_REQUIRE(rows->size() == 2u);
  BOOST_TEST(rows->at(0) == (Psql::Row{odd, "", "", "1"}), boost::test_tools::per_element());
  BOOST_TEST(rows->at(1) == (Psql::Row{"", odd, "\\echo x", "2"}), boost::test_tools::per_element());
  auto const none = session->query("SELECT 1 WHERE false", {}, &why);
  BOOST_TEST((none && none->empty()));
}

BOOST_AUTO_TEST_CASE(a_long_answer_comes_whole) {
  auto const session = connected(psql("superuser", "SUPERUSER", "owned"));
  std::string why;
  auto const rows = session->query("SELECT i, repeat('x', 1000) FROM generate_series(1, 500) i", {}, &why);
  BOOST_REQUIRE_MESSAGE(rows, why);
  BOOST_TEST(rows->size() == 500u);
  BOOST_TEST(rows->back().at(0) == "500");
  BOOST_TEST(rows->back().at(1).size() == 1000u);
}

BOOST_AUTO_TEST_CASE(nothing_can_be_written_and_an_error_does_not_end_it) {
  auto const session = connected(psql("superuser", "SUPERUSER", "owned"));
  std::string why;
  BOOST_TEST(!session->query("INSERT INTO public.users VALUES (NULL)", {}, &why));
  BOOST_TEST(why == "ERROR:  cannot execute INSERT in a read-only transaction");
  auto const rows = session->query("SELECT count(*), current_setting('search_path') FROM public.users", {}, &why);
  BOOST_REQUIRE_MESSAGE(rows, why);
  BOOST_TEST(rows->at(0).at(0) == "6");
  BOOST_TEST(rows->at(0).at(1) == "pg_catalog, pg_temp");
}

BOOST_AUTO_TEST_CASE(a_query_that_takes_too_long_ends) {
  auto const session = connected(psql("superuser", "SUPERUSER", "owned"), 400ms);
  std::string why;
  BOOST_TEST(!session->query("SELECT pg_sleep(20)", {}, &why));
  BOOST_TEST(!why.empty());
}

BOOST_AUTO_TEST_CASE(a_program_that_says_nothing_is_not_waited_for) {
  auto const failure = failure_of({.argv = {"sleep", "600"}});
  BOOST_TEST((failure.kind == Kind::unreachable));
  BOOST_TEST(failure.words == "no answer within 4 s");
}

BOOST_AUTO_TEST_CASE(a_login_that_fails_is_of_the_same_kind_as_by_libpq) {
  struct Case {
    char const *role, *password, *database;
    std::pair<char const*, char const*> more, setting;
  };
  for (auto const& each : {Case{"owner", "wrong", "owned", {}, {}},
                           Case{"nobody", "x", "owned", {}, {}},
                           Case{"superuser", "SUPERUSER", "nowhere", {}, {}},
                           Case{"owner", "", "owned", {}, {}},
                           Case{"owner", "OWNER", "owned", {"PGPORT", "1"}, {"port", "1"}},
                           Case{"owner", "OWNER", "owned", {"PGSSLMODE", "verify-ca"}, {"sslmode", "verify-ca"}},
                           Case{"by_certificate", "BY_CERTIFICATE", "owned", {"PGSSLMODE", "require"}, {"sslmode", "require"}},
                           Case{"owner", "OWNER", "owned", {"PGHOST", "unknown.invalid"}, {"host", "unknown.invalid"}}}) {
    Environment more{{"PGSSLROOTCERT", "/dev/null/none"}};
    clients::Postgres::Settings settings{{"sslrootcert", "/dev/null/none"}};
    if (each.more.first) more.emplace_back(each.more.first, each.more.second), settings.emplace_back(each.setting.first, each.setting.second);
    auto const here = failure_of(psql(each.role, each.password, each.database, more));
    auto const there = its_failure(server().login(each.role, each.password, each.database, settings));
    BOOST_TEST_CONTEXT(each.role << " " << each.database << ": " << here.words << " / " << there.words) {
      BOOST_TEST((here.kind == there.kind));
      BOOST_TEST(here.sqlstate == there.sqlstate);
      if (!here.sqlstate.empty()) BOOST_TEST(here.words == there.words);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
