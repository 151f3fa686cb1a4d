#include "checks/common.h"

namespace checks {
namespace {

// Where it is not said what is installed, everything may be at stake.
bool took_over_before(state::Seen<state::Release> const& release, base::Version const& since) {
  auto const* seen = state::seen(release);
  auto const* base = seen ? installed(*seen) : nullptr;
  auto const from = base ? base::parse_version(base->chart_version) : std::nullopt;
  return from && *from >= since;
}

Outcome test(state::Target const& target, state::Values const& values, state::Seen<state::Release> const& release,
             state::Knowledge const& known) {
  Outcome out;
  auto const version = coder_version(target, out);
  auto const* entry = renamed_key(known, "postgres.useDefault");
  auto const since = entry ? base::parse_version(entry->ignored_since) : std::nullopt;
  if (!version || !since || *version < *since || took_over_before(release, *since)) return out;
  auto const before = values.set.find("postgres.useDefault");
  auto const now = values.set.find("postgres.default.enable");
  if (before == values.set.end()) return out;
  if (before->second == state::Values::masked) {
    out.unverified.push_back({"postgres.useDefault", "it is set, and to what can't be seen here", ""});
    return out;
  }
  bool const off = now != values.set.end() && is_empty_value(now->second) && now->second != "null";
  if (off || !is_empty_value(before->second) || before->second == "null") return out;
  out.findings.push_back({"postgres.useDefault", "",
                          "from " + base::to_text(*since) +
                              " on the chart no longer looks at it: it would start a database of its own, "
                              "empty, and Coder would use that instead of yours, as if all data were lost",
                          Advice{"Set postgres.default.enable: false in your values."}});
  return out;
}

}  // namespace

extern Check const built_in_database;
Check const built_in_database{.code = "HC413",
                              .name = "built-in-database",
                              .severity = Severity::error,
                              .summary = "no empty built-in database takes over from yours",
                              .page =
#include "built_in_database.md.inc"
                              ,
                              .run = on<test>};

}  // namespace checks
