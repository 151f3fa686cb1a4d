#pragma once

#include <memory>
#include <string>
#include <vector>

#include "clients/postgres.h"
#include "clients/process.h"
#include "clients/tunnel.h"
#include "collect/database.h"
#include "collect/database_values.h"

namespace collect {

// How to log in, and what has to live as long as the connection.
struct Login {
  clients::Postgres::Settings settings;
  std::string schema;   // from postgres.searchPath
  std::string address;  // for people; empty: as libpq names it
  std::string tell;     // what may help if nobody answers
  bool built_in = false, password_seen = false, password_ends_in_space = false;
  std::vector<std::unique_ptr<clients::MemoryFile>> files;  // certificates and keys
  std::unique_ptr<clients::Tunnel> tunnel;  // one of these two where a way through the cluster is needed
  std::unique_ptr<clients::Background> forward;
};

// By the URL that was given, else to the built-in database or the one that the values name.
state::Seen<Login> choose_login(DatabaseQuestion const&);

// What the release's values say, without a password and certificates; and why no login can be made of them.
clients::Postgres::Settings settings_of(DatabaseValues const&);
std::optional<state::Unknown> cannot_log_in(DatabaseValues const&, std::string const& tell);
std::string address_of(clients::Postgres::Settings const&);  // for people; empty: as libpq names it
clients::Postgres::Settings built_in_settings(std::string const& host);
// What may help who must say himself how to log in.
std::string by_url(DatabaseValues const&);

// At a path where there is nothing libpq does without the file, and does not look into the home directory.
constexpr char const* no_file = "/dev/null/none";

// The last line of what a program wrote on standard error, printable.
std::string last_line(std::string const&);

}  // namespace collect
