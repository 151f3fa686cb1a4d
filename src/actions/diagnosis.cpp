#include "actions/diagnosis.h"

#include <algorithm>

#include "base/text.h"

namespace actions {
namespace {

bool is_under_way(std::string const& status) { return status.starts_with("pending-") || status == "uninstalling"; }

// Helm writes these words into its records. They only decide what is tried first: whatever is proposed was rehearsed.
bool says(state::Revision const& revision, std::string_view word) { return revision.description.find(word) != std::string::npos; }

bool is_rollback(state::Revision const& revision) { return revision.status == "pending-rollback" || revision.description.starts_with("Rollback"); }

std::vector<int> good_ones(state::Release const& release) {
  constexpr std::size_t most = 3;
  std::vector<int> good;
  auto const& revisions = release.revisions;
  for (bool const deployed : {true, false})
    for (auto each = revisions.rbegin(); each != revisions.rend() && good.size() < most; ++each)
      if (was_good(*each) && (each->status == "deployed") == deployed) good.push_back(each->number);
  // What an uninstallation has begun to take away can be made again.
  if (revisions.back().status == "uninstalling" && revisions.back().readable) good.insert(good.begin(), revisions.back().number);
  return good;
}

int newest_attempt(state::Release const& release, std::vector<int> const& good) {
  auto const after = good.empty() ? 0 : *std::max_element(good.begin(), good.end());
  for (auto each = release.revisions.rbegin(); each != release.revisions.rend(); ++each)
    if (each->number > after && each->readable && !is_rollback(*each)) return each->number;
  return 0;
}

Condition condition_of(Diagnosis const& seen, state::Request const& request, std::int64_t now) {
  auto const& last = seen.last;
  if (is_under_way(last.status)) {
    bool const old = last.updated > 0 && now - last.updated > time_limit(request);
    return old || request.holder_is_dead ? Condition::stuck : Condition::held;
  }
  if (last.status != "deployed") return is_rollback(last) ? Condition::rollback_failed : Condition::failed;
  return seen.missing.empty() ? Condition::healthy : Condition::incomplete;
}

std::string version_of(state::Revision const& revision) { return revision.chart_version.empty() ? "" : " (" + revision.chart_version + ")"; }

std::string age_of(state::Revision const& revision, std::int64_t now) {
  return revision.updated > 0 ? base::rough_duration(std::max<std::int64_t>(now - revision.updated, 0)) : "an unknown time";
}

}  // namespace

std::string_view name_of(Condition condition) {
  switch (condition) {
    case Condition::missing: return "missing";
    case Condition::healthy: return "healthy";
    case Condition::incomplete: return "incomplete";
    case Condition::held: return "held";
    case Condition::stuck: return "stuck";
    case Condition::failed: return "failed";
    case Condition::rollback_failed: return "rollback-failed";
  }
  return "";
}

bool was_good(state::Revision const& revision) {
  return revision.readable && (revision.status == "deployed" || (revision.status == "superseded" && !says(revision, "failed")));
}

state::Revision const* revision(state::Release const& release, int number) {
  for (auto const& each : release.revisions)
    if (each.number == number) return &each;
  return nullptr;
}

long time_limit(state::Request const& request) { return request.timeout_given ? request.timeout_seconds : 3600; }

Diagnosis diagnose(state::Release const& release, state::Request const& request, std::int64_t now, std::vector<std::string> missing,
                   std::vector<PastRun> open) {
  Diagnosis seen{.missing = std::move(missing), .open = std::move(open)};
  if (release.revisions.empty()) {
    seen.condition = Condition::missing;
    return seen;
  }
  seen.last = release.revisions.back();
  seen.good = good_ones(release);
  seen.attempt = newest_attempt(release, seen.good);
  seen.condition = condition_of(seen, request, now);
  return seen;
}

std::string describe(Diagnosis const& seen, state::Release const& release, state::Request const& request, std::int64_t now) {
  auto const& last = seen.last;
  auto const name = "Revision " + std::to_string(last.number) + version_of(last);
  auto const words = last.description.empty() ? "" : " Helm's words: " + last.description;
  switch (seen.condition) {
    case Condition::missing: return "There is no release " + release.name + " in namespace " + release.name_space + ".";
    case Condition::healthy: return name + " is deployed, every object of it is there, and nobody is at work on it.";
    case Condition::incomplete: return name + " is deployed, but these objects of it are not there: " + base::join(seen.missing, ", ") + ".";
    case Condition::held:
      return name + " has been " + last.status + " for " + age_of(last, now) + ". Whether the Helm that began it still lives can't be seen from the cluster, and it counts as alive until " +
             base::rough_duration(time_limit(request)) + " have gone by (--timeout). If you know that it is dead, say so with --holder-is-dead.";
    case Condition::stuck: return name + " has been " + last.status + " for " + age_of(last, now) + ": the Helm that began it is gone.";
    case Condition::failed: return name + " " + (last.status == "failed" ? last.status : "is " + last.status) + "." + words;
    case Condition::rollback_failed: return name + " failed: it was the way back from an upgrade that failed." + words;
  }
  return {};
}

}  // namespace actions
