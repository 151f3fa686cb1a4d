#include "checks/references.h"

namespace checks {
namespace {

// The database's password is database-password-whitespace's, where that could look at it.
bool is_told_already(state::BlankEnd const& blank, state::Seen<state::Database> const& database) {
  auto const* seen = state::seen(database);
  return seen && seen->password_ends_in_space && blank.key == "password";
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request, state::Seen<state::Database> const& database) {
  Outcome out;
  for (auto const& each : rehearsal.blank_ends)
    if (!is_told_already(each, database))
      out.findings.push_back({name_of(each.object, request), each.field,
                              "key " + each.key + " of Secret " + each.secret + " ends in a space or a line break, which becomes part of what the program reads",
                              Advice{"Write the key again without it, for example with `printf %s` instead of `echo`."}});
  note_references(rehearsal, out);
  return out;
}

}  // namespace

extern Check const no_trailing_blanks;
Check const no_trailing_blanks{.code = "HC318",
                               .name = "no-trailing-blanks",
                               .severity = Severity::warning,
                               .summary = "no secret in the pods' environment ends in a blank",
                               .page =
#include "no_trailing_blanks.md.inc"
                               ,
                               .run = on<test>};

}  // namespace checks
