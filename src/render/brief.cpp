#include "base/text.h"
#include "render/report.h"
#include "render/words.h"

namespace render {
namespace {

// One word of a line, so that `awk` and `cut` find the next: "-" where there is none, quoted where it has blanks.
std::string word(std::string const& text) {
  auto const safe = base::printable(text);
  if (safe.empty()) return "-";
  return safe.find(' ') == std::string::npos ? safe : base::shell_quoted({safe});
}

std::string one(report::Line const& line, std::string_view result, std::string const& object, std::string const& field, std::string const& message) {
  auto const remark = result == name_of(line.result) ? ignoring(line) : "";
  return line.code + " " + std::string(result) + " " + word(object) + " " + word(field) + ": " + base::printable(message) + (remark.empty() ? "" : " (" + remark + ")") + "\n";
}

}  // namespace

std::string brief(Document const& document) {
  std::string text;
  for (auto const& line : document.report.lines) {
    for (auto const& each : line.outcome.findings) text += one(line, name_of(line.result), each.object, each.field, each.message);
    for (auto const& each : line.outcome.unverified) text += one(line, name_of(report::Result::not_verified), each.object, "", each.why);
  }
  return text;
}

}  // namespace render
