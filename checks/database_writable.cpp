#include "checks/database.h"

namespace checks {
namespace {

Outcome test(state::Database const& database) {
  if (!database.refused.empty()) return not_logged_in(database);
  if (database.replica)
    return {.findings = {{object_of(database), "", "it is a replica that follows another server, and takes no writes",
                          Advice{"Set postgres.host to the primary server."}}}};
  if (database.read_only)
    return {.findings = {{object_of(database), "", "what role " + database.role + " does there is read-only (default_transaction_read_only)",
                          Advice{"Let the role write, or use another: ALTER ROLE … SET default_transaction_read_only = off."}}}};
  return {};
}

}  // namespace

extern Check const database_writable;
Check const database_writable{.code = "HC506",
                              .name = "database-writable",
                              .severity = Severity::error,
                              .summary = "the database can be written to",
                              .page =
#include "database_writable.md.inc"
                              ,
                              .run = on<test>};

}  // namespace checks
