#pragma once

#include <memory>
#include <string>
#include <vector>

#include "clients/postgres.h"
#include "clients/process.h"
#include "collect/database.h"

namespace collect {

// How to log in, and what has to live as long as the connection.
struct Login {
  clients::Postgres::Settings settings;
  std::string schema;   // from postgres.searchPath
  std::string address;  // for people; empty: as libpq names it
  std::string tell;     // what may help if nobody answers
  bool built_in = false, password_seen = false, password_ends_in_space = false;
  std::vector<std::unique_ptr<clients::MemoryFile>> files;  // certificates and keys
  std::unique_ptr<clients::Background> forward;
};

// By the URL that was given, else to the built-in database or the one that the values name.
state::Seen<Login> choose_login(DatabaseQuestion const&);

// The last line of what a program wrote on standard error, printable.
std::string last_line(std::string const&);

}  // namespace collect
