#include <chrono>

#include "checks/references.h"

namespace checks {
namespace {

// "2026-12-01".
std::string date_of(std::int64_t seconds) {
  std::chrono::year_month_day const day = std::chrono::floor<std::chrono::days>(std::chrono::sys_seconds(std::chrono::seconds(seconds)));
  auto const two = [](unsigned number) { return (number < 10 ? "0" : "") + std::to_string(number); };
  return std::to_string(static_cast<int>(day.year())) + "-" + two(static_cast<unsigned>(day.month())) + "-" + two(static_cast<unsigned>(day.day()));
}

// What is wrong with its dates; empty: nothing.
std::string trouble_with(state::Certificate const& each, std::int64_t now, std::int64_t soon) {
  auto const what = each.ends_first.empty() ? std::string("it ") : "of its chain, " + each.ends_first + " ";
  auto const left = [&](std::int64_t time) { return base::rough_duration(static_cast<long>(std::abs(time - now))); };
  if (each.not_after < now) return what + "expired " + left(each.not_after) + " ago, on " + date_of(each.not_after);
  if (each.not_before > now) return "it is valid only in " + left(each.not_before) + ", from " + date_of(each.not_before) + " on";
  if (each.not_after < now + soon) return what + "expires in " + left(each.not_after) + ", on " + date_of(each.not_after);
  return {};
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request, state::Thresholds const& limits, Now now) {
  Outcome out;
  for (auto const& each : rehearsal.certificates) {
    auto const trouble = each.not_after == 0 ? "" : trouble_with(each, now.seconds, limits.certificate_seconds);
    if (!trouble.empty())
      out.findings.push_back({name_of(each, request), "", trouble + " (" + users_of(each) + ")",
                              Advice{"Renew the certificate in the Secret before the upgrade, so that nobody takes its end for a failed upgrade."}});
  }
  note_references(rehearsal, out);
  return out;
}

}  // namespace

extern Check const certificates_in_time;
Check const certificates_in_time{.code = "HC421",
                                 .name = "certificates-in-time",
                                 .severity = Severity::warning,
                                 .summary = "every certificate is valid now, and for some weeks to come",
                                 .page =
#include "certificates_in_time.md.inc"
                                 ,
                                 .run = on<test>};

}  // namespace checks
