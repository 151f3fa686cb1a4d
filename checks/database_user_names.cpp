#include "base/text.h"
#include "checks/common.h"
#include "checks/database.h"

namespace checks {
namespace {

// Source: Coder changelog 1.29.0, "lowercase-unique usernames".
base::Version const since{1, 29, 0, {}};

Outcome test(state::Release const& release, state::Target const& target, state::Seen<state::Database> const& part) {
  Outcome out;
  auto const way = hop(release, target, out);
  if (!way || !(way->from < since) || way->to < since) return out;
  if (auto const* unknown = std::get_if<state::Unknown>(&part)) return {.unverified = {{"", unknown->why, unknown->tell}}};
  auto const& database = std::get<state::Database>(part);
  if (!database.refused.empty()) return not_logged_in(database);
  auto const object = object_of(database);
  if (!database.names_seen) {
    if (database.has_coder) out.unverified.push_back({object, "the names of its users can't be counted by this role", "Log in as the role that owns the table users."});
    return out;
  }
  if (database.names_that_clash == 0) return out;
  out.findings.push_back({object, "users.username",
                          base::count_of(static_cast<std::size_t>(database.names_that_clash), "user") +
                              " will be renamed: from 1.29.0 on names that differ only in upper and lower case are the same",
                          Advice{"Rename them before, and tell them: the new name is what they log in with."}});
  return out;
}

}  // namespace

extern Check const database_user_names;
Check const database_user_names{.code = "HC510",
                                .name = "database-user-names",
                                .severity = Severity::warning,
                                .summary = "no two users differ only in upper and lower case",
                                .page =
#include "database_user_names.md.inc"
                                ,
                                .run = on<test>};

}  // namespace checks
