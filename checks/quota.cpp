#include <algorithm>

#include "base/text.h"
#include "checks/common.h"

namespace checks {
namespace {

Advice const advice{"Raise the quota, or ask for less in your values; `kubectl describe resourcequota` shows what is used."};

std::string sum_of(state::Shortage const& each) {
  return "used " + (each.used.empty() ? "?" : each.used) + ", added " + each.added + " (" + base::join(each.by, ", ") + "), of " + each.hard;
}

// Each object alone is accepted, and all of them together are too much.
void judge(state::Shortage const& each, state::Request const& request, Outcome& out) {
  if (each.quota.empty())
    return out.unverified.push_back({"namespace " + each.name_space, each.unsure, "Ask somebody who may: kubectl describe resourcequota."});
  auto const object = name_of({"ResourceQuota", "", each.name_space, each.quota}, request);
  if (!each.unsure.empty())
    return out.unverified.push_back({object, each.resource + ": " + sum_of(each) + ": " + each.unsure, ""});
  out.findings.push_back({object, each.resource, "all that the upgrade adds is too much together: " + sum_of(each), advice});
}

// The first object for which there is no more room names quota and resource too; the sum tells more.
bool is_summed_up(std::string const& message, std::vector<state::Shortage> const& shortages) {
  return message.find("(with what the upgrade creates before)") != std::string::npos &&
         std::any_of(shortages.begin(), shortages.end(), [&](auto const& each) {
           return each.unsure.empty() && message.find("exceeded quota: " + each.quota + ",") != std::string::npos;
         });
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  auto out = rejections(rehearsal, request, {state::Cause::quota}, advice);
  std::erase_if(out.findings, [&](auto const& finding) { return is_summed_up(finding.message, rehearsal.shortages); });
  for (auto const& each : rehearsal.shortages) judge(each, request, out);
  return out;
}

}  // namespace

extern Check const quota;
Check const quota{.code = "HC322",
                  .name = "quota",
                  .severity = Severity::error,
                  .summary = "quotas leave room for the upgrade",
                  .page =
#include "quota.md.inc"
                  ,
                  .run = on<test>};

}  // namespace checks
