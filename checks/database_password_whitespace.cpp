#include "checks/database.h"

namespace checks {
namespace {

Outcome test(state::Database const& database) {
  if (!database.password_seen)
    return {.unverified = {{"", "the Secret that postgres.passwordSecret names was not looked at",
                            "Make sure that you may read Secrets in the release's namespace."}}};
  if (!database.password_ends_in_space) return {};
  auto const result = database.refused.empty() ? "" : ", and the login with it was refused";
  return {.findings = {{object_of(database), "postgres.passwordSecret",
                        std::string("the password in the Secret ends in a space or a line break") + result,
                        Advice{"Write the Secret's key `password` again without it, for example with "
                               "`printf %s` instead of `echo`."}}}};
}

}  // namespace

extern Check const database_password_whitespace;
Check const database_password_whitespace{.code = "HC504",
                                         .name = "database-password-whitespace",
                                         .severity = Severity::warning,
                                         .summary = "the database's password ends in no blank",
                                         .page =
#include "database_password_whitespace.md.inc"
                                             , .run = on<test>};

}  // namespace checks
