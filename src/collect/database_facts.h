#pragma once

#include <chrono>
#include <optional>
#include <string>

#include "clients/session.h"
#include "state/database.h"
#include "state/seen.h"

namespace collect {

// What the logged-in role finds in the database. `schema`: where Coder's tables are, empty: where the role's own search
// path leads. `patience`: how long a transaction may last before it is one of `long_sessions`. Nothing, or why it could not
// be read.
std::optional<std::string> read_facts(clients::Session&, std::string const& schema, std::chrono::seconds patience, state::Database&);

// The same, added to what is known of the login.
state::Seen<state::Database> look_through(clients::Session&, std::string const& schema, std::chrono::seconds patience, state::Database known);

}  // namespace collect
