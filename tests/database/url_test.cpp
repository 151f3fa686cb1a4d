#include <boost/test/unit_test.hpp>

#include "clients/postgres_error.h"

BOOST_AUTO_TEST_SUITE(database_url)

namespace {

std::string value_of(clients::Postgres::Settings const& settings, std::string const& key) {
  for (auto const& [name, value] : settings)
    if (name == key) return value;
  return "(none)";
}

}  // namespace

BOOST_AUTO_TEST_CASE(its_parts_are_read) {
  std::string why;
  auto const url =
      clients::Postgres::read_url("postgres://co%40der:p%2Fw@db.example.com:6432/coder?sslmode=require", &why);
  BOOST_REQUIRE(url);
  BOOST_TEST(value_of(*url, "user") == "co@der");
  BOOST_TEST(value_of(*url, "password") == "p/w");
  BOOST_TEST(value_of(*url, "host") == "db.example.com");
  BOOST_TEST(value_of(*url, "port") == "6432");
  BOOST_TEST(value_of(*url, "sslmode") == "require");
}

BOOST_AUTO_TEST_CASE(a_url_without_user_or_host_is_one) {
  std::string why;
  BOOST_TEST(clients::Postgres::read_url("postgresql:///coder?host=/tmp/socket", &why).has_value());
}

BOOST_AUTO_TEST_CASE(the_reason_never_repeats_a_part_of_it) {
  for (auto const* url : {"postgres://coder:hunter/2@db/coder", "postgres://coder:hunter@2@db/coder", "hunter2",
                          "postgres://coder:hunter?2@db/coder", "postgres://coder:hunter", "mysql://coder:hunter2@db/x",
                          "postgres://coder:hunter%2@db/coder", "postgres://coder@db/coder?hunter=2",
                          "postgres://coder@db:hunter2/coder"}) {
    std::string why;
    BOOST_TEST(!clients::Postgres::read_url(url, &why), url);
    BOOST_TEST(why.find("hunter") == std::string::npos, why);
    BOOST_TEST(!why.empty());
  }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(login_error)

using Kind = clients::Postgres::Failure::Kind;

BOOST_AUTO_TEST_CASE(the_servers_code_routine_and_words_are_read) {
  auto const error = clients::read_login_error(
      "connection to server at \"db\" (10.0.0.1), port 5432 failed: FATAL:  28P01: password authentication failed for "
      "user \"a\"\n"
      "LOCATION:  auth_failed, auth.c:326\n");
  BOOST_TEST(error.sqlstate == "28P01");
  BOOST_TEST(error.routine == "auth_failed");
  BOOST_TEST(error.words == "password authentication failed for user \"a\"");
}

BOOST_AUTO_TEST_CASE(the_language_of_server_and_client_does_not_matter) {
  auto const error = clients::read_login_error(
      "Verbindung zum Server auf »db«, Port 5432 fehlgeschlagen: FATAL:  28000: kein pg_hba.conf-Eintrag für Host "
      "»10.0.0.9«\n"
      "ORT:  ClientAuthentication, auth.c:543\n");
  BOOST_TEST(error.sqlstate == "28000");
  BOOST_CHECK(clients::kind_of(error) == Kind::not_from_here);
}

BOOST_AUTO_TEST_CASE(of_several_attempts_the_one_counts_that_got_furthest) {
  auto const error = clients::read_login_error(
      "connection to server at \"db\" (10.0.0.1), port 5432 failed: FATAL:  28000: no pg_hba.conf entry, no "
      "encryption\n"
      "LOCATION:  ClientAuthentication, auth.c:543\n"
      "connection to server at \"db\" (10.0.0.2), port 5432 failed: Connection refused\n"
      "\tIs the server running on that host and accepting TCP/IP connections?\n"
      "connection to server at \"db\" (10.0.0.1), port 5432 failed: FATAL:  28P01: password authentication failed\n"
      "LOCATION:  auth_failed, auth.c:326\n");
  BOOST_TEST(error.sqlstate == "28P01");
  BOOST_CHECK(clients::kind_of(error) == Kind::refused);
}

BOOST_AUTO_TEST_CASE(where_no_server_spoke_the_words_are_libpqs) {
  auto const error = clients::read_login_error(
      "connection to server at \"db\" (10.0.0.1), port 5432 failed: Connection refused\n"
      "\tIs the server running on that host and accepting TCP/IP connections?\n");
  BOOST_TEST(error.sqlstate == "");
  BOOST_TEST(error.words == "Connection refused");
}

BOOST_AUTO_TEST_CASE(only_what_concerns_this_login_is_a_refusal) {
  for (auto const* code : {"28P01", "28000", "3D000", "42501", "55000"})
    BOOST_CHECK_MESSAGE(clients::kind_of({code, {}, {}}) == Kind::refused, code);
  for (auto const* code : {"53300", "57P03", "08P01", "58000", "XX000"})
    BOOST_CHECK_MESSAGE(clients::kind_of({code, {}, {}}) == Kind::unwilling, code);
}

BOOST_AUTO_TEST_SUITE_END()
