#include "render/outcome.h"

#include <algorithm>

#include "base/text.h"
#include "render/layout.h"
#include "render/words.h"

namespace render {
namespace {

using base::Json;

std::string state_of_release(Outcome const& outcome) {
  auto const& last = outcome.last;
  if (!last) return "What state release " + outcome.request.release + " is in could not be read.";
  auto const version = outcome.last_version.empty() ? "" : ", version " + outcome.last_version;
  return "Release " + outcome.request.release + " is " + last->status + " (revision " + std::to_string(last->revision) + version + ").";
}

std::string_view name_of(actions::Aftermath aftermath) {
  switch (aftermath) {
    case actions::Aftermath::untouched: return "untouched";
    case actions::Aftermath::rolled_back: return "rolled-back";
    case actions::Aftermath::stuck: return "stuck";
  }
  return "";
}

std::string aftermath(Outcome const& outcome) {
  using actions::Aftermath;
  auto const& performed = outcome.performed;
  if (performed.problem.empty()) return {};
  auto const undone = performed.left.empty() ? "What was done before is taken back." : "Not everything that was done before could be taken back.";
  switch (performed.aftermath) {
    case Aftermath::untouched: return std::string("Helm changed nothing. ") + undone;
    case Aftermath::rolled_back: return std::string("Helm rolled back. ") + undone;
    case Aftermath::stuck: return "Helm did not roll back to the end: objects of two versions may be there side by side.";
  }
  return {};
}

}  // namespace

std::string outcome(Outcome const& outcome, Look look) {
  auto const width = static_cast<std::size_t>(std::clamp(look.width, 60, 120));
  std::string out;
  auto const put = [&](std::string const& text, std::size_t indent = 0) {
    if (!text.empty()) out += std::string(indent, ' ') + hanging(wrapped(base::printable(text), width - indent), indent) + "\n";
  };
  auto const& performed = outcome.performed;
  if (performed.ok) put(outcome.what + " is done, and everything is as planned.");
  else if (!performed.problem.empty()) put(outcome.what + " failed at: " + performed.problem + ".");
  else put(outcome.what + " is done, but not everything is as it should be:");
  put(aftermath(outcome));
  for (auto const& each : performed.left) put("‼ " + each, 2);
  put(state_of_release(outcome));
  if (!outcome.folder.empty()) put("The backup is in " + outcome.folder + "; it holds secrets.");
  if (!outcome.next) return out;
  put("Next:");
  out += "  " + base::printable(base::shell_quoted(report::words(*outcome.next, outcome.request))) + "\n";
  return out;
}

base::Json outcome_json(Outcome const& outcome) {
  auto const text = [](std::string const& words) { return words.empty() ? Json() : Json(base::valid_utf8(words)); };
  auto const& performed = outcome.performed;
  Json::Array left;
  for (auto const& each : performed.left) left.push_back(base::valid_utf8(each));
  Json last;
  if (outcome.last)
    last = Json::Object{{"revision", outcome.last->revision}, {"status", outcome.last->status}, {"version", text(outcome.last_version)}};
  return Json::Object{{"ok", performed.ok},
                      {"problem", text(performed.problem)},
                      {"helm", performed.problem.empty() ? Json() : Json(name_of(performed.aftermath))},
                      {"left", std::move(left)},
                      {"last", std::move(last)},
                      {"backup", text(outcome.folder)},
                      {"next", outcome.next ? as_json(report::Remedy(*outcome.next), outcome.request) : Json()}};
}

std::string paragraph(std::string const& text, int width) {
  return hanging(wrapped(base::printable(text), static_cast<std::size_t>(std::clamp(width, 60, 120))), 0) + "\n";
}

}  // namespace render
