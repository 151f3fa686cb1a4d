#pragma once

#include <optional>
#include <string>

#include "clients/postgres.h"
#include "state/database.h"

namespace collect {

// What the logged-in role finds in the database. `schema`: where Coder's tables are, empty: where the role's own search
// path leads. Nothing, or why it could not be read.
std::optional<std::string> read_facts(clients::Postgres&, std::string const& schema, state::Database&);

}  // namespace collect
