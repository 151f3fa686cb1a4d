#include <algorithm>
#include <optional>

#include "base/text.h"
#include "checks/database.h"

namespace checks {
namespace {

std::optional<std::int64_t> replicas_in(state::Values const& values) {
  for (auto const* key : {"coderd.replicas", "cemanager.replicas"}) {
    auto const found = values.set.find(key);
    if (found == values.set.end()) continue;
    return base::whole_number(found->second);
  }
  return 1;
}

Outcome test(state::Database const& database, state::Values const& values, state::Thresholds const& limits) {
  if (!database.refused.empty()) return not_logged_in(database);
  auto const object = object_of(database);
  if (database.connections <= 0) return {.unverified = {{object, "how many connections it takes is not known", ""}}};
  auto const replicas = replicas_in(values);
  if (!replicas) return {.unverified = {{"coderd.replicas", "it is set, and to what can't be seen here", ""}}};
  auto const left = std::max(0, database.connections - database.connections_used);
  auto const needed = std::clamp<std::int64_t>(*replicas, 1, 10'000) * limits.connections_per_replica;
  if (left >= needed) return {};
  return {.findings = {{object, "max_connections",
                        std::to_string(left) + " of its " + std::to_string(database.connections) + " connections are left, and during the upgrade the new pods may open " +
                            std::to_string(needed) + " beside those of the old ones",
                        Advice{"Raise max_connections, or upgrade with fewer replicas."}}}};
}

}  // namespace

extern Check const database_connections;
Check const database_connections{.code = "HC507",
                                 .name = "database-connections",
                                 .severity = Severity::warning,
                                 .summary = "the database has connections left for the new pods",
                                 .page =
#include "database_connections.md.inc"
                                 ,
                                 .run = on<test>};

}  // namespace checks
