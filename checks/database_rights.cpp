#include <algorithm>
#include <array>

#include "base/text.h"
#include "checks/database.h"

namespace checks {
namespace {

// What stands for a superuser where the service keeps the real one to itself: Amazon RDS, Google Cloud SQL, Azure.
constexpr std::array managed = {"rds_superuser", "cloudsqlsuperuser", "azure_pg_admin"};

std::string managed_role(state::Database const& database) {
  for (auto const* role : managed)
    if (std::find(database.member_of.begin(), database.member_of.end(), role) != database.member_of.end()) return role;
  return "";
}

// An identifier as SQL takes it.
std::string quoted(std::string const& name) {
  bool const plain = !name.empty() && name.find_first_not_of("abcdefghijklmnopqrstuvwxyz_0123456789") == name.npos &&
                     (name[0] < '0' || name[0] > '9');
  if (plain) return name;
  std::string text = "\"";
  for (char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

Finding not_creating(state::Database const& database) {
  return {object_of(database), "", "role " + database.role + " has no right to CREATE in database " + database.name,
          Advice{"As an administrator of the database: GRANT CREATE ON DATABASE " + quoted(database.name) + " TO " +
                 quoted(database.role) + "."}};
}

Finding not_creating_tables(state::Database const& database) {
  if (database.schema.empty())
    return {object_of(database), "",
            "the search_path of role " + database.role + " leads to no schema to create tables in",
            Advice{"Set postgres.searchPath, or the role's search_path, to the schema of Coder's tables."}};
  return {object_of(database), "", "role " + database.role + " may not create tables in schema " + database.schema,
          Advice{"As an administrator of the database: GRANT CREATE ON SCHEMA " + quoted(database.schema) + " TO " +
                 quoted(database.role) + "."}};
}

// Only an owner may ALTER a table: no grant stands for it, and none of the managed services' roles does.
Finding not_owning(state::Database const& database) {
  auto const& tables = database.foreign_tables;
  std::vector<std::string> const some(tables.begin(), tables.begin() + std::min<std::ptrdiff_t>(3, std::ssize(tables)));
  auto const more = tables.size() > some.size() ? " and " + std::to_string(tables.size() - some.size()) + " more" : "";
  std::string grants;
  for (auto const& owner : database.foreign_owners) grants += (grants.empty() ? "" : ", ") + quoted(owner);
  return {object_of(database), "",
          base::join(some, ", ") + more + " in schema " + database.schema + " belong to " +
              base::join(database.foreign_owners, ", ") + ", and role " + database.role + " may not alter them",
          Advice{"As an administrator of the database: GRANT " + grants + " TO " + quoted(database.role) +
                 "; or make it their owner with ALTER TABLE … OWNER TO."}};
}

Outcome test(state::Database const& database) {
  if (!database.refused.empty()) return not_logged_in(database);
  if (database.superuser) return {};
  Outcome outcome;
  bool const stands_for_superuser = !managed_role(database).empty();
  if (!database.may_create && !stands_for_superuser) outcome.findings.push_back(not_creating(database));
  if (!database.may_create_tables && !stands_for_superuser) outcome.findings.push_back(not_creating_tables(database));
  if (!database.foreign_tables.empty()) outcome.findings.push_back(not_owning(database));
  return outcome;
}

std::string detail(state::State const& state) {
  auto const* database = state::seen(state.database);
  if (!database) return "";
  if (database->superuser) return database->role + " is a superuser";
  auto const role = managed_role(*database);
  return role.empty() ? database->role + " is no superuser, but may create and alter"
                      : database->role + " is a " + role;
}

}  // namespace

extern Check const database_rights;
Check const database_rights{.code = "HC503",
                            .name = "database-rights",
                            .severity = Severity::error,
                            .summary = "the role may do what migrations need",
                            .page =
#include "database_rights.md.inc"
                                , .run = on<test>, .detail = detail};

}  // namespace checks
