#include "base/duration.h"
#include "checks/database.h"

namespace checks {
namespace {

std::string describe(state::Session const& session) {
  auto const who = session.role.empty() ? std::string("somebody") : "role " + session.role;
  return who + (session.program.empty() ? "" : " (" + session.program + ")") + " has been in a transaction for " + base::go_duration(session.seconds);
}

Outcome test(state::Database const& database) {
  if (!database.refused.empty()) return not_logged_in(database);
  Outcome out;
  for (auto const& session : database.long_sessions)
    out.findings.push_back({object_of(database), "", describe(session) + ": a change to a table that it uses has to wait for it",
                            Advice{"Let it end first; if it is a dump or a report, upgrade afterwards."}});
  if (database.hidden_sessions > 0)
    out.unverified.push_back({object_of(database), "it has " + std::to_string(database.hidden_sessions) + " sessions of other roles, of which this role may not see more",
                              "Ask somebody who may (pg_read_all_stats): SELECT usename, xact_start FROM pg_stat_activity."});
  return out;
}

}  // namespace

extern Check const database_quiet;
Check const database_quiet{.code = "HC508",
                           .name = "database-quiet",
                           .severity = Severity::warning,
                           .summary = "nothing in the database stands in the way of changes to its tables",
                           .page =
#include "database_quiet.md.inc"
                           ,
                           .run = on<test>};

}  // namespace checks
