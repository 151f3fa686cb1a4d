#include "checks/database.h"

namespace checks {
namespace {

Outcome test(state::Database const& database) {
  if (!database.refused.empty()) return not_logged_in(database);
  if (database.contrib) return {};
  return {
      .findings = {{object_of(database), "",
                    "the extensions of PostgreSQL's contrib package are not installed on the server",
                    Advice{"Install contrib of the same version on the database's server (postgresql-contrib, where it "
                           "is a package of its own)."}}}};
}

}  // namespace

extern Check const database_contrib;
Check const database_contrib{.code = "HC505",
                             .name = "database-contrib",
                             .severity = Severity::warning,
                             .summary = "PostgreSQL's contrib extensions are installed",
                             .page =
#include "database_contrib.md.inc"
                                 , .run = on<test>};

}  // namespace checks
