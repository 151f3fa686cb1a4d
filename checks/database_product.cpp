#include "checks/database.h"

namespace checks {
namespace {

Outcome test(state::Database const& database) {
  if (!database.refused.empty()) return not_logged_in(database);
  if (!database.has_coder_2) return {};
  return {.findings = {{object_of(database), "", "its tables are those of Coder v2, another product; Coder v1 can't use them",
                        Advice{"Name Coder v1's own database in postgres.host and postgres.database."}}}};
}

}  // namespace

extern Check const database_product;
Check const database_product{.code = "HC509",
                             .name = "database-product",
                             .severity = Severity::error,
                             .summary = "the database is not another product's",
                             .page =
#include "database_product.md.inc"
                             ,
                             .run = on<test>};

}  // namespace checks
