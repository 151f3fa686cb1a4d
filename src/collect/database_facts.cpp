#include "collect/database_facts.h"

#include <algorithm>

#include "base/text.h"

namespace collect {
namespace {

// pgcrypto stands for contrib: it has been part of it since PostgreSQL 8 and is in every package of it.
constexpr auto about_role = R"(
  SELECT current_setting('server_version'), current_user,
         (SELECT rolsuper FROM pg_roles WHERE rolname = current_user),
         has_database_privilege(current_database(), 'CREATE'),
         (SELECT has_schema_privilege(oid, 'CREATE') FROM pg_namespace WHERE nspname = $1),
         EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = $1 AND c.relname = 'migration_cursor'),
         EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pgcrypto'),
         EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                 WHERE n.nspname = $1 AND c.relname = 'provisioner_jobs'))";

// Connections that are kept for superusers are none for Coder.
constexpr auto about_server = R"(
  SELECT pg_is_in_recovery(), current_setting('default_transaction_read_only') = 'on',
         current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int,
         (SELECT count(*) FROM pg_stat_activity WHERE datid IS NOT NULL AND pid <> pg_backend_pid()),
         (SELECT count(*) FROM pg_stat_activity
          WHERE datname = current_database() AND usename <> current_user AND query = '<insufficient privilege>'),
         pg_database_size(current_database()))";

constexpr auto long_sessions = R"(
  SELECT coalesce(usename, ''), coalesce(application_name, ''), extract(epoch FROM now() - xact_start)::bigint
  FROM pg_stat_activity
  WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start <= now() - $1::int * interval '1 second'
  ORDER BY xact_start LIMIT 20)";

constexpr auto largest_tables = R"(
  SELECT c.relname, pg_total_relation_size(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relkind IN ('r', 'm') ORDER BY 2 DESC, 1 LIMIT 5)";

constexpr auto memberships = R"(
  SELECT rolname FROM pg_roles
  WHERE rolname <> current_user AND pg_has_role(current_user, oid, 'MEMBER') ORDER BY rolname LIMIT 1000)";

// ALTER TABLE asks for the rights of the owner, which a role has that inherits from it. Tables that came with an
// extension are none of Coder's.
constexpr auto foreign_tables = R"(
  SELECT c.relname, pg_get_userbyid(c.relowner) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = $1 AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f') AND NOT pg_has_role(current_user, c.relowner, 'USAGE')
    AND NOT EXISTS (SELECT FROM pg_depend d
                    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
  ORDER BY c.relname LIMIT 100)";

// The table of Coder's users, quoted, where this role may read their names.
constexpr auto table_of_users = R"(
  SELECT format('%I.%I', n.nspname, c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  JOIN pg_attribute a ON a.attrelid = c.oid
  WHERE n.nspname = $1 AND c.relname = 'users' AND c.relkind IN ('r', 'p') AND a.attname = 'username' AND NOT a.attisdropped
    AND has_schema_privilege(n.oid, 'USAGE') AND has_column_privilege(c.oid, a.attnum, 'SELECT'))";

std::int64_t number(std::string const& cell) { return base::whole_number(cell).value_or(0); }

using Rows = std::vector<clients::Session::Row>;

// Each row has so many cells, and where `one` is set there is one row: what answers there may be anything.
std::optional<Rows> ask(clients::Session& session, std::string const& sql, clients::Session::Row const& parameters, std::size_t cells, bool one, std::string* why) {
  auto rows = session.query(sql, parameters, why);
  auto const fits = [&](clients::Session::Row const& row) { return row.size() == cells; };
  if (!rows || ((!one || rows->size() == 1) && std::all_of(rows->begin(), rows->end(), fits))) return rows;
  *why = "it does not answer as PostgreSQL does";
  return {};
}

std::optional<std::string> read_server(clients::Session& session, std::chrono::seconds patience, state::Database& seen) {
  std::string why;
  auto const server = ask(session, about_server, {}, 6, true, &why);
  if (!server) return why;
  auto const& cells = server->front();
  seen.replica = cells[0] == "t", seen.read_only = cells[1] == "t";
  seen.connections = static_cast<int>(number(cells[2])), seen.connections_used = static_cast<int>(number(cells[3]));
  seen.hidden_sessions = static_cast<int>(number(cells[4]));
  seen.bytes = number(cells[5]);
  auto const sessions = ask(session, long_sessions, {std::to_string(patience.count())}, 3, false, &why);
  if (!sessions) return why;
  for (auto const& row : *sessions) seen.long_sessions.push_back({row[0], base::printable(row[1]), number(row[2])});
  auto const tables = ask(session, largest_tables, {seen.schema}, 2, false, &why);
  if (!tables) return why;
  for (auto const& row : *tables) seen.largest.push_back({base::printable(row[0]), number(row[1])});
  return {};
}

// Only how many there are leaves the server.
void count_names(clients::Session& session, state::Database& seen) {
  std::string why;
  auto const table = ask(session, table_of_users, {seen.schema}, 1, true, &why);
  if (!table) return;
  auto const count = ask(session, "SELECT count(*) - count(DISTINCT lower(username)) FROM " + table->front()[0], {}, 1, true, &why);
  if (!count) return;
  seen.names_seen = true, seen.names_that_clash = number(count->front()[0]);
}

std::optional<std::string> read_rights(clients::Session& session, state::Database& seen) {
  std::string why;
  auto const roles = ask(session, memberships, {}, 1, false, &why);
  if (!roles) return why;
  for (auto const& row : *roles) seen.member_of.push_back(row[0]);
  auto const tables = ask(session, foreign_tables, {seen.schema}, 2, false, &why);
  if (!tables) return why;
  for (auto const& row : *tables) {
    seen.foreign_tables.push_back(row[0]);
    auto& owners = seen.foreign_owners;
    if (std::find(owners.begin(), owners.end(), row[1]) == owners.end()) owners.push_back(row[1]);
  }
  return {};
}

}  // namespace

std::optional<std::string> read_facts(clients::Session& session, std::string const& schema, std::chrono::seconds patience, state::Database& seen) {
  std::string why;
  seen.schema = schema.empty() ? session.schema() : schema;
  auto const role = ask(session, about_role, {seen.schema}, 8, true, &why);
  if (!role) return why;
  auto const& cells = role->front();
  auto const yes = [&](std::size_t column) { return cells[column] == "t"; };
  seen.server_version = cells[0].substr(0, cells[0].find(' '));  // "13.4 (Debian 13.4-1)"
  seen.version_number = session.server_version();
  seen.role = cells[1];
  seen.superuser = yes(2), seen.may_create = yes(3), seen.may_create_tables = yes(4);
  seen.has_coder = yes(5), seen.contrib = yes(6), seen.has_coder_2 = yes(7) && !seen.has_coder;
  seen.encrypted = session.encrypted();
  if (auto trouble = read_server(session, patience, seen)) return trouble;
  // A superuser is a member of every role, and nothing is foreign to it.
  auto const trouble = seen.superuser ? std::nullopt : read_rights(session, seen);
  if (!trouble) count_names(session, seen);
  return trouble;
}

state::Seen<state::Database> look_through(clients::Session& session, std::string const& schema, std::chrono::seconds patience, state::Database known) {
  if (known.address.empty()) known.address = base::printable(session.address());
  known.name = session.database();
  if (auto const why = read_facts(session, schema, patience, known))
    return state::Unknown{"the database at " + known.address + " can't be looked at: " + *why, "Run it again."};
  return known;
}

}  // namespace collect
