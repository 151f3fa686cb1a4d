#include "collect/database_facts.h"

#include <algorithm>

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
         EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pgcrypto'))";

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

}  // namespace

std::optional<std::string> read_facts(clients::Postgres& postgres, std::string const& schema, state::Database& seen) {
  std::string why;
  seen.schema = schema.empty() ? postgres.schema() : schema;
  auto const role = postgres.query(about_role, {seen.schema}, &why);
  if (!role || role->size() != 1) return why;
  auto const& cells = role->front();
  auto const yes = [&](std::size_t column) { return cells[column] == "t"; };
  seen.server_version = cells[0].substr(0, cells[0].find(' '));  // "13.4 (Debian 13.4-1)"
  seen.version_number = postgres.server_version();
  seen.role = cells[1];
  seen.superuser = yes(2), seen.may_create = yes(3), seen.may_create_tables = yes(4);
  seen.has_coder = yes(5), seen.contrib = yes(6);
  seen.encrypted = postgres.encrypted();
  if (seen.superuser) return {};  // a member of every role, and nothing is foreign to it
  auto const roles = postgres.query(memberships, {}, &why);
  if (!roles) return why;
  for (auto const& row : *roles) seen.member_of.push_back(row[0]);
  auto const tables = postgres.query(foreign_tables, {seen.schema}, &why);
  if (!tables) return why;
  for (auto const& row : *tables) {
    seen.foreign_tables.push_back(row[0]);
    auto& owners = seen.foreign_owners;
    if (std::find(owners.begin(), owners.end(), row[1]) == owners.end()) owners.push_back(row[1]);
  }
  return {};
}

}  // namespace collect
