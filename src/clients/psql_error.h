#pragma once

#include <string_view>

#include "clients/session.h"

namespace clients {

// What psql wrote on standard error when no login came about. psql shows no SQLSTATE of a login that fails, with no setting
// (its VERBOSITY counts only once it is connected), so these are the server's words in English, and libpq's in the language
// C. Words that are not known are `unwilling` if they are the server's, else `unreachable`: neither says that the login is
// wrong. Where psql says nothing, whoever was to start it does.
Session::Failure read_psql_error(std::string_view text);

}  // namespace clients
