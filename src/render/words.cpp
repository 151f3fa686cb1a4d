#include "render/words.h"

#include <algorithm>
#include <ctime>

#include "base/text.h"

namespace render {
namespace {

std::string about(std::string const& object, std::string const& field, std::string const& message) {
  auto const what = object.empty() || field.empty() ? object + field : object + " " + field;
  return base::printable(what.empty() ? message : what + ": " + message);
}

}  // namespace

std::string_view name_of(report::Result result) {
  switch (result) {
    case report::Result::passed: return "passed";
    case report::Result::warning: return "warning";
    case report::Result::error: return "error";
    case report::Result::not_verified: return "not-verified";
    case report::Result::not_asked: return "not-asked";
  }
  return "";
}

std::string_view name_of(report::Exit exit) {
  switch (exit) {
    case report::forbidden: return "forbidden";
    case report::doubtful: return "doubtful";
    case report::held: return "held";
    case report::could_not_run: return "unknown";
    default: return "fine";
  }
}

std::string to_text(report::Command const& command, state::Request const& request) {
  return base::printable(base::shell_quoted(report::words(command, request)));
}

std::string to_text(report::Remedy const& remedy, state::Request const& request) {
  if (auto const* advice = std::get_if<report::Advice>(&remedy)) return base::printable(advice->sentence);
  return to_text(std::get<report::Command>(remedy), request);
}

std::string ignoring(report::Line const& line) {
  if (!line.ignore) return "";
  auto const& ignore = *line.ignore;
  if (!line.ignored) return "it was ignored until " + base::printable(ignore.until) + ", by " + base::printable(ignore.place);
  std::string text = line.severity == report::Severity::error ? "an error, ignored" : "ignored";
  if (!ignore.until.empty()) text += " until " + base::printable(ignore.until);
  return ignore.reason.empty() ? text : text + ": " + base::printable(ignore.reason);
}

std::string to_text(report::Finding const& finding) { return about(finding.object, finding.field, finding.message); }
std::string to_text(report::Unverified const& unverified) { return about(unverified.object, "", unverified.why); }

report::Unverified const* only_reason(report::Line const& line) {
  auto const& all = line.outcome.unverified;
  return line.outcome.findings.empty() && all.size() == 1 && all.front().object.empty() ? &all.front() : nullptr;
}

bool same_reason(report::Unverified const* a, report::Unverified const* b) { return a && b && a->why == b->why && a->tell == b->tell; }

std::string tenths(double seconds) {
  auto const count = static_cast<long>(std::clamp(seconds, 0.0, 1e6) * 10 + 0.5);
  return std::to_string(count / 10) + "." + std::to_string(count % 10);
}

std::string utc(std::int64_t seconds) {
  constexpr std::int64_t last = 253402300799;  // of the year 9999
  std::time_t const time = std::clamp<std::int64_t>(seconds, 0, last);
  std::tm parts{};
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%S", gmtime_r(&time, &parts))};
}

}  // namespace render
