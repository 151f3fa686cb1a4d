#include "checks/database.h"

namespace checks {
namespace {

Outcome test(state::Database const& database) {
  if (database.refused.empty()) return {};
  return {.findings = {{object_of(database), "", "it refuses the login: " + database.refused,
                        Advice{"Correct postgres.user, postgres.database or the password in the Secret that "
                               "postgres.passwordSecret names, or the database URL that you gave."}}}};
}

std::string detail(state::State const& state) {
  auto const* database = state::seen(state.database);
  if (!database) return "";
  return database->address + (database->built_in ? ", built in" : database->encrypted ? ", TLS" : ", no TLS");
}

}  // namespace

extern Check const database_reachable;
Check const database_reachable{.code = "HC501",
                               .name = "database-reachable",
                               .severity = Severity::error,
                               .summary = "the database lets Coder's role in",
                               .page =
#include "database_reachable.md.inc"
                                   , .run = on<test>, .detail = detail};

}  // namespace checks
