#include "base/duration.h"
#include "base/semver.h"
#include "checks/common.h"

namespace checks {
namespace {

bool is_on_the_way(state::KnownChange const& change, Hop const& hop) {
  auto const since = base::parse_version(change.version);
  return since && hop.from < *since && *since <= hop.to;
}

Outcome test(state::Release const& release, state::Target const& target, state::Request const& request, state::Knowledge const& known) {
  Outcome out;
  auto const way = hop(release, target, out);
  if (!way) return out;
  for (auto const& change : known.changes) {
    auto const needed = base::parse_duration(change.timeout);
    if (!needed || *needed <= request.timeout_seconds || !is_on_the_way(change, *way)) continue;
    auto words = upgrade_words(request, target);
    words.insert(words.end(), {"--timeout", change.timeout});
    out.findings.push_back({"version " + change.version, "--timeout",
                            "Helm would wait " + base::go_duration(request.timeout_seconds) + ", and this may take longer: " + change.text, helm_coder(std::move(words))});
  }
  return out;
}

}  // namespace

extern Check const time_enough;
Check const time_enough{.code = "HC407",
                        .name = "time-enough",
                        .severity = Severity::warning,
                        .summary = "Helm waits long enough for what the new version does",
                        .page =
#include "time_enough.md.inc"
                        ,
                        .run = on<test>};

}  // namespace checks
