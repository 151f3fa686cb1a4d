#include "checks/database.h"

namespace checks {
namespace {

// Coder's requirements, v1.18 to v1.44: "at minimum, PostgreSQL 11". No newest one is named.
constexpr int oldest = 11;

Outcome test(state::Database const& database) {
  if (!database.refused.empty()) return not_logged_in(database);
  if (database.version_number >= oldest * 10'000) return {};
  return {.findings = {{object_of(database), "",
                        "it is PostgreSQL " + database.server_version + "; Coder needs 11 or newer",
                        Advice{"Upgrade the database to PostgreSQL 11 or newer before Coder."}}}};
}

std::string detail(state::State const& state) {
  auto const* database = state::seen(state.database);
  return database ? database->server_version : "";
}

}  // namespace

extern Check const database_version;
Check const database_version{.code = "HC502",
                             .name = "database-version",
                             .severity = Severity::error,
                             .summary = "PostgreSQL is new enough",
                             .page =
#include "database_version.md.inc"
                                 , .run = on<test>, .detail = detail};

}  // namespace checks
