#pragma once

#include <string>
#include <string_view>

#include "clients/postgres.h"

namespace clients {

// What libpq's text says about a login that failed.
struct LoginError {
  std::string sqlstate;  // empty: the words are libpq's own
  std::string routine;   // of the server's source, empty where it was not sent
  std::string words;     // on one line
};

// libpq 15 has no structured answer for a login that fails, only text. With PQERRORS_VERBOSE that text holds what the
// server sent as fields, in a form that no language changes: "SEVERITY:  SQLSTATE: words", and on a line of its own
// "LOCATION:  routine, file:line". Where several attempts failed (with and without TLS, several addresses) it is the
// first that got past pg_hba.conf, else the first in which the server spoke, else the first line.
LoginError read_login_error(std::string_view text);

// Of an error with a SQLSTATE.
Postgres::Failure::Kind kind_of(LoginError const&);

// See Postgres::read_url.
std::optional<Postgres::Settings> read_postgres_url(std::string const& url, std::string* why);

}  // namespace clients
