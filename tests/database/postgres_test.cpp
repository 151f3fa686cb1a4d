#include <boost/test/unit_test.hpp>
#include <chrono>
#include <thread>

#include "clients/scratch.h"
#include "database/fixture.h"

BOOST_AUTO_TEST_SUITE(postgres)

namespace {

using clients::Postgres;
using Kind = Postgres::Failure::Kind;
using namespace std::chrono_literals;

auto failure_of(Postgres::Settings const& settings, std::chrono::milliseconds limit = 5s) {
  Postgres::Failure failure;
  BOOST_TEST(!Postgres::connect(settings, limit, &failure));
  return failure;
}

auto connected(Postgres::Settings const& settings, std::chrono::milliseconds limit = 5s) {
  Postgres::Failure failure;
  auto postgres = Postgres::connect(settings, limit, &failure);
  BOOST_REQUIRE_MESSAGE(postgres, failure.words);
  return postgres;
}

double seconds_of(auto const& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

Database& server() { return Database::server(); }

}  // namespace

BOOST_AUTO_TEST_CASE(a_login_tells_version_encryption_and_address) {
  auto const postgres = connected(server().login("superuser", "SUPERUSER", "owned", {{"sslmode", "require"}}));
  BOOST_TEST(postgres->server_version() >= 110000);
  BOOST_TEST(postgres->encrypted());
  BOOST_TEST(postgres->address() == "127.0.0.1:" + server().port + "/owned");
  BOOST_TEST(postgres->schema() == "public");
  BOOST_TEST(!connected(server().login("superuser", "SUPERUSER", "owned", {{"sslmode", "disable"}}))->encrypted());
}

BOOST_AUTO_TEST_CASE(a_unix_socket_will_do) {
  BOOST_TEST(connected(server().login("owner", "", "owned", {{"host", server().folder}}))->database() == "owned");
}

BOOST_AUTO_TEST_CASE(nothing_can_be_written_and_an_error_does_not_end_it) {
  auto const postgres = connected(server().login("superuser", "SUPERUSER", "owned"));
  std::string why;
  BOOST_TEST(!postgres->query("INSERT INTO public.users VALUES (NULL)", {}, &why));
  BOOST_TEST(why.find("read-only transaction") != std::string::npos, why);
  auto const rows = postgres->query("SELECT count(*), $1 FROM public.users", {"a'b"}, &why);
  BOOST_REQUIRE_MESSAGE(rows, why);
  BOOST_TEST(rows->at(0).at(0) == "6");
  BOOST_TEST(rows->at(0).at(1) == "a'b");
}

BOOST_AUTO_TEST_CASE(a_query_that_takes_too_long_ends) {
  auto const postgres = connected(server().login("superuser", "SUPERUSER", "owned"), 300ms);
  std::string why;
  BOOST_TEST(seconds_of([&] { BOOST_TEST(!postgres->query("SELECT pg_sleep(20)", {}, &why)); }) < 15);
  BOOST_TEST(!why.empty());
}

BOOST_AUTO_TEST_CASE(a_connection_that_is_cut_ends_a_query_and_all_that_follow) {
  auto const cut = connected(server().login("superuser", "SUPERUSER", "owned"));
  auto const other = connected(server().login("superuser", "SUPERUSER", "owned"));
  std::string why, ignored;
  auto const pid = cut->query("SELECT pg_backend_pid()", {}, &why).value().at(0).at(0);
  std::thread waiting([&] { BOOST_TEST(!cut->query("SELECT pg_sleep(20)", {}, &why)); });
  std::this_thread::sleep_for(200ms);
  BOOST_TEST(other->query("SELECT pg_terminate_backend($1::int)", {pid}, &ignored).has_value());
  waiting.join();
  BOOST_TEST(why.find("terminating connection") != std::string::npos, why);
  why.clear();
  BOOST_TEST(!cut->query("SELECT 1", {}, &why));
  BOOST_TEST(!why.empty());
}

BOOST_AUTO_TEST_CASE(a_wrong_password_is_a_refusal_and_not_repeated) {
  for (auto const* mode : {"require", "disable", "prefer", "allow"}) {
    auto const failure = failure_of(server().login("owner", "not-the-password", "owned", {{"sslmode", mode}}));
    BOOST_CHECK(failure.kind == Kind::refused);
    BOOST_TEST(failure.sqlstate == "28P01");
    BOOST_TEST(failure.words == "password authentication failed for user \"owner\"");
  }
}

BOOST_AUTO_TEST_CASE(what_the_server_repeats_of_a_password_is_masked) {
  auto const failure = failure_of(server().login("owner", "OWNER", "OWNER"));
  BOOST_TEST(failure.sqlstate == "3D000");
  BOOST_TEST(failure.words == "database \"…\" does not exist");
}

BOOST_AUTO_TEST_CASE(no_such_role_no_login_no_database_and_no_connect_are_refusals) {
  BOOST_TEST(failure_of(server().login("nobody", "x", "owned")).sqlstate == "28P01");
  auto const no_login = failure_of(server().login("no_login", "NO_LOGIN", "owned"));
  BOOST_TEST(no_login.sqlstate == "28000");
  BOOST_CHECK(no_login.kind == Kind::refused);
  BOOST_CHECK(failure_of(server().login("owner", "OWNER", "nothing")).kind == Kind::refused);
  BOOST_CHECK(failure_of(server().login("owner", "OWNER", "closed")).kind == Kind::refused);
}

BOOST_AUTO_TEST_CASE(a_rule_about_our_address_is_none_about_coders) {
  BOOST_CHECK(failure_of(server().login("turned_away", "TURNED_AWAY", "owned")).kind == Kind::not_from_here);
  auto const without_tls = server().login("tls_only", "TLS_ONLY", "owned", {{"sslmode", "disable"}});
  BOOST_CHECK(failure_of(without_tls).kind == Kind::not_from_here);
  connected(server().login("tls_only", "TLS_ONLY", "owned", {{"sslmode", "allow"}}));
}

BOOST_AUTO_TEST_CASE(too_many_connections_are_no_refusal) {
  auto const failure = failure_of(server().login("full_up", "FULL_UP", "owned"));
  BOOST_CHECK(failure.kind == Kind::unwilling);
  BOOST_TEST(failure.sqlstate == "53300");
}

BOOST_AUTO_TEST_CASE(a_password_that_is_missing_is_told_from_a_wrong_one) {
  scratch::Variable const file("PGPASSFILE", "/dev/null/none"), password("PGPASSWORD", {});
  BOOST_CHECK(failure_of(server().login("owner", "", "owned")).kind == Kind::password_needed);
}

BOOST_AUTO_TEST_CASE(the_password_may_come_from_a_file_or_the_environment) {
  scratch::Folder const folder;
  scratch::write(folder / "pass", "*:*:*:owner:OWNER\n");
  std::filesystem::permissions(folder / "pass", std::filesystem::perms::owner_read);
  {
    scratch::Variable const file("PGPASSFILE", (folder / "pass").string());
    connected(server().login("owner", "", "owned"));
  }
  scratch::Variable const password("PGPASSWORD", "OWNER");
  connected(server().login("owner", "", "owned"));
}

BOOST_AUTO_TEST_CASE(a_certificate_is_checked_where_that_is_asked) {
  auto const with = [](char const* mode, std::string const& root, std::string const& host) {
    return server().login("owner", "OWNER", "owned",
                          {{"sslmode", mode}, {"sslrootcert", root}, {"host", host}, {"hostaddr", "127.0.0.1"}});
  };
  auto const root = server().folder + "/ca.crt";
  BOOST_TEST(connected(with("verify-full", root, "db.test"))->encrypted());
  BOOST_TEST(connected(with("verify-ca", root, "localhost"))->encrypted());
  BOOST_CHECK(failure_of(with("verify-full", root, "localhost")).kind == Kind::untrusted);
  BOOST_CHECK(failure_of(with("verify-full", "/dev/null/none", "db.test")).kind == Kind::untrusted);
  BOOST_CHECK(failure_of(with("verify-full", server().folder + "/client.crt", "db.test")).kind == Kind::untrusted);
}

BOOST_AUTO_TEST_CASE(a_server_without_tls_is_told_where_tls_is_asked) {
  SilentPort const port;
  std::thread server([&] {
    int const fd = port.take();
    char request[8];
    if (read(fd, request, sizeof request) == 8) send(fd, "N", 1, MSG_NOSIGNAL);
    close(fd);
  });
  auto const failure = failure_of(
      {{"host", "127.0.0.1"}, {"port", port.port()}, {"user", "a"}, {"sslmode", "require"}, {"gssencmode", "disable"}});
  server.join();
  BOOST_CHECK(failure.kind == Kind::untrusted);
}

BOOST_AUTO_TEST_CASE(nobody_there_is_unreachable) {
  SilentPort port;
  port.shut();
  auto const failure = failure_of({{"host", "127.0.0.1"}, {"port", port.port()}, {"user", "a"}});
  BOOST_CHECK(failure.kind == Kind::unreachable);
  BOOST_TEST(failure.words == "Connection refused");
}

BOOST_AUTO_TEST_CASE(a_name_without_an_address_is_unreachable) {
  auto const failure = failure_of({{"host", "db.invalid"}, {"user", "a"}});
  BOOST_CHECK(failure.kind == Kind::unreachable);
  BOOST_TEST(failure.words.starts_with("db.invalid: "), failure.words);
}

BOOST_AUTO_TEST_CASE(of_several_addresses_the_first_that_answers_counts) {
  auto const postgres = connected(server().login("owner", "OWNER", "owned", {{"host", "db.invalid,127.0.0.2"}}));
  BOOST_TEST(postgres->address() == "127.0.0.2:" + server().port + "/owned");
}

BOOST_AUTO_TEST_CASE(a_server_that_never_answers_costs_no_more_than_the_limit) {
  SilentPort const port;
  for (auto const* mode : {"require", "disable"}) {
    auto const took = seconds_of([&] {
      auto const failure =
          failure_of({{"host", "127.0.0.1"}, {"port", port.port()}, {"user", "a"}, {"sslmode", mode}}, 400ms);
      BOOST_CHECK(failure.kind == Kind::unreachable);
      BOOST_TEST(failure.words == "no answer within 1 s");
    });
    BOOST_TEST(took >= 0.4);
    BOOST_TEST(took < 2);
  }
}

BOOST_AUTO_TEST_SUITE_END()
