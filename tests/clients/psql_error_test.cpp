#include <boost/test/unit_test.hpp>

#include "clients/psql_error.h"

// tests/database/psql_test.cpp has what today's psql says; these are of older ones, and of more than one attempt.
BOOST_AUTO_TEST_SUITE(psql_error)

using clients::read_psql_error;
using Kind = clients::Session::Failure::Kind;

BOOST_AUTO_TEST_CASE(older_ones_say_it_without_an_address) {
  for (auto const* text : {"psql: FATAL:  password authentication failed for user \"coder\"\n",
                           "psql: error: could not connect to server: FATAL:  password authentication failed for user \"coder\"\n"}) {
    auto const failure = read_psql_error(text);
    BOOST_TEST((failure.kind == Kind::refused));
    BOOST_TEST(failure.sqlstate == "28P01");
    BOOST_TEST(failure.words == "password authentication failed for user \"coder\"");
  }
}

BOOST_AUTO_TEST_CASE(the_attempt_that_got_past_the_rules_of_the_server_counts) {
  auto const failure = read_psql_error("psql: error: connection to server at \"10.0.0.1\", port 5432 failed: FATAL:  no pg_hba.conf entry for host \"10.0.0.9\"\n"
                                       "connection to server at \"10.0.0.1\", port 5432 failed: FATAL:  database \"coder\" does not exist\n");
  BOOST_TEST((failure.kind == Kind::refused));
  BOOST_TEST(failure.sqlstate == "3D000");
}

BOOST_AUTO_TEST_CASE(a_server_whose_words_are_not_known_refuses_nobody) {
  auto const failure = read_psql_error("psql: error: connection to server at \"db\" (10.0.0.1), port 5432 failed: FATAL:  das Passwort ist falsch\n");
  BOOST_TEST((failure.kind == Kind::unwilling));
  BOOST_TEST(failure.words == "das Passwort ist falsch");
}

BOOST_AUTO_TEST_CASE(what_kubectl_says_of_the_end_is_none_of_psqls_words) {
  auto const failure = read_psql_error("psql: error: connection to server at \"db\" (10.0.0.1), port 5432 failed: Connection refused\n"
                                       "\tIs the server running on that host and accepting TCP/IP connections?\n"
                                       "command terminated with exit code 2\n");
  BOOST_TEST((failure.kind == Kind::unreachable));
  BOOST_TEST(failure.words == "Connection refused");
}

BOOST_AUTO_TEST_CASE(trouble_with_certificates_is_none_of_the_login) {
  for (auto const* text : {"psql: error: connection to server at \"db\" (10.0.0.1), port 5432 failed: SSL error: certificate verify failed\n",
                           "psql: error: connection to server at \"db\" (10.0.0.1), port 5432 failed: server does not support SSL, but SSL was required\n",
                           "psql: error: connection to server at \"db\" (10.0.0.1), port 5432 failed: private key file \"k\" has group or world access\n"})
    BOOST_TEST((read_psql_error(text).kind == Kind::untrusted), text);
}

BOOST_AUTO_TEST_CASE(who_could_not_start_psql_says_nothing_of_the_database) {
  for (auto const* text : {"sh: psql: not found\ncommand terminated with exit code 127\n", "Error from server (Forbidden): pods \"x\" is forbidden\n"})
    BOOST_TEST((read_psql_error(text).kind == Kind::not_asked), text);
  BOOST_TEST(read_psql_error("sh: psql: not found\ncommand terminated with exit code 127\n").words == "sh: psql: not found");
}

BOOST_AUTO_TEST_CASE(silence_is_no_login) { BOOST_TEST((read_psql_error("").kind == Kind::unreachable)); }

BOOST_AUTO_TEST_SUITE_END()
