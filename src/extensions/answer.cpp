#include "extensions/answer.h"

#include <algorithm>
#include <string_view>

#include "base/json.h"
#include "base/text.h"
#include "extensions/extensions.h"

namespace extensions {
namespace {

using base::Json;

constexpr std::size_t most_findings = 100;
constexpr std::size_t longest_text = 2000;

std::string text_of(Json const& json) {
  auto text = base::printable(json.str());
  if (text.size() > longest_text) text = base::printable(text.substr(0, longest_text)) + "…";
  return text;
}

bool made_of(std::string_view text, std::string_view allowed) { return !text.empty() && text.find_first_not_of(allowed) == std::string_view::npos; }

bool is_name(std::string_view name) { return name.size() <= 60 && made_of(name, "abcdefghijklmnopqrstuvwxyz0123456789-"); }

std::optional<Json> object_in(std::string const& printed, std::string* why) {
  auto json = base::parse_json(printed, why);
  if (!json) *why = "it printed no JSON: " + *why;
  if (json && !json->is_object()) json.reset(), *why = "it printed JSON that is no object";
  return json;
}

}  // namespace

// Letters and then three digits; HC is ours.
bool is_code(std::string_view code) {
  auto const digits = code.find_first_of("0123456789");
  return digits != std::string_view::npos && digits >= 2 && digits <= 10 && code.size() == digits + 3 && code.substr(0, digits) != "HC" &&
         made_of(code.substr(0, digits), "ABCDEFGHIJKLMNOPQRSTUVWXYZ") && made_of(code.substr(digits), "0123456789");
}

std::optional<report::Line> read_metadata(std::string const& printed, std::string* why) {
  auto const json = object_in(printed, why);
  if (!json) return {};
  auto const& severity = (*json)["severity"].str();
  report::Line line{.code = (*json)["code"].str(), .name = (*json)["name"].str(), .category = "Checks of your own", .summary = text_of((*json)["summary"])};
  line.severity = severity == "error" ? report::Severity::error : report::Severity::warning;
  line.of_others = true;
  if (!is_code(line.code)) *why = "its code is not of the form ABC123, or begins with HC";
  else if (!is_name(line.name)) *why = "its name is not made of a-z, 0-9 and '-'";
  else if (line.summary.empty()) *why = "it has no summary";
  else if (severity != "error" && severity != "warning") *why = "its severity is neither error nor warning";
  else return line;
  return {};
}

std::optional<report::Outcome> read_outcome(std::string const& printed, std::string* why) {
  auto const json = object_in(printed, why);
  if (!json) return {};
  if (!(*json)["findings"].is_array()) {
    *why = "its answer has no list \"findings\"";
    return {};
  }
  report::Outcome outcome;
  for (auto const& each : (*json)["findings"].items()) {
    if (outcome.findings.size() == most_findings) break;
    auto message = text_of(each["message"]);
    if (message.empty()) {
      *why = "a finding of it has no message";
      return {};
    }
    outcome.findings.push_back({text_of(each["object"]), text_of(each["field"]), std::move(message), report::Advice{text_of(each["advice"])}});
  }
  for (auto const& each : (*json)["unverified"].items())
    if (outcome.unverified.size() < most_findings) outcome.unverified.push_back({text_of(each["object"]), text_of(each["why"]), text_of(each["tell"])});
  return outcome;
}

}  // namespace extensions
