#include <algorithm>
#include <array>
#include <cmath>

#include "base/text.h"
#include "checks/common.h"
#include "checks/database.h"

namespace checks {
namespace {

// What pg_dump gets through in a second, from a busy server over a network to a quiet one beside it.
constexpr std::int64_t slow = 10 << 20, fast = 100 << 20;

// "4.2 GiB".
std::string size_of(std::int64_t bytes) {
  static constexpr std::array units = {"bytes", "KiB", "MiB", "GiB", "TiB"};
  double number = static_cast<double>(bytes);
  std::size_t unit = 0;
  for (; number >= 1024 && unit + 1 < units.size(); ++unit) number /= 1024;
  auto const tenths = std::lround(number * 10);
  return std::to_string(tenths / 10) + (unit > 0 && tenths < 100 ? "." + std::to_string(tenths % 10) : "") + " " + units[unit];
}

std::string size_of(state::Database const& database) {
  if (database.bytes <= 0) return {};
  auto text = "it has " + size_of(database.bytes);
  std::vector<std::string> tables;
  for (auto const& each : database.largest)
    if (each.bytes * 20 >= database.bytes && tables.size() < 3) tables.push_back(each.name + " " + size_of(each.bytes));
  if (!tables.empty()) text += " (" + base::join(tables, ", ") + ")";
  if (database.bytes < slow) return text + ", and a dump of it takes some seconds";
  return text + ", and a dump of it takes something between " + base::rough_duration(std::max(1L, static_cast<long>(database.bytes / fast))) + " and " +
         base::rough_duration(static_cast<long>(database.bytes / slow));
}

bool is_satellite(state::Seen<state::Values> const& values) {
  auto const* seen = state::seen(values);
  if (!seen) return false;
  auto const found = seen->set.find("coderd.satellite.enable");
  return found != seen->set.end() && found->second == "true";
}

Outcome test(state::Release const& release, state::Target const& target, state::Seen<state::Values> const& values,
             state::Seen<state::Database> const& database, state::Request const& request) {
  Outcome out;
  auto const way = hop(release, target, out);
  if (!way || !(way->from < way->to) || is_satellite(values) || request.database_snapshot == "taken") return out;
  auto const* seen = state::seen(database);
  if (seen && seen->refused.empty() && !seen->schema.empty() && !seen->has_coder) return out;  // there is nothing to lose
  auto message = "Coder " + target.version + " may change its tables when it starts, and no rollback of Helm's takes that back";
  if (seen && seen->refused.empty())
    if (auto const size = size_of(*seen); !size.empty()) message += "; " + size;
  out.findings.push_back({seen ? object_of(*seen) : "database", "", message,
                          Advice{"Take a backup or a snapshot that can be restored, then say so with --database-snapshot taken."}});
  return out;
}

std::string detail(state::State const& state) {
  if (state.request.database_snapshot != "taken") return {};
  auto const* seen = state::seen(state.database);
  return "taken, as you say" + (seen && seen->bytes > 0 ? "; " + size_of(seen->bytes) : "");
}

}  // namespace

extern Check const database_backup;
Check const database_backup{.code = "HC511",
                            .name = "database-backup",
                            .severity = Severity::warning,
                            .summary = "there is a backup of the database that can be restored",
                            .page =
#include "database_backup.md.inc"
                            ,
                            .run = on<test>,
                            .detail = detail};

}  // namespace checks
