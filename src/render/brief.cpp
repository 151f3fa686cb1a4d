#include <algorithm>

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

// What is said of an object, and the checks that say it: the same is said once.
struct Said {
  std::vector<std::string> codes;
  std::string words;
};

void add(std::vector<Said>& all, std::string const& code, std::string words) {
  auto const known = std::find_if(all.begin(), all.end(), [&](Said const& each) { return each.words == words; });
  if (known == all.end()) all.push_back({{code}, std::move(words)});
  else if (known->codes.back() != code) known->codes.push_back(code);
}

std::string words_of(std::string_view result, std::string const& object, std::string const& field, std::string const& message, std::string const& remark = "") {
  return std::string(result) + " " + word(object) + " " + word(field) + ": " + base::printable(message) + (remark.empty() ? "" : " (" + remark + ")");
}

}  // namespace

std::string brief(Document const& document) {
  std::vector<Said> all;
  for (auto const& line : document.report.lines) {
    for (auto const& each : line.outcome.findings) add(all, line.code, words_of(name_of(line.result), each.object, each.field, each.message, ignoring(line)));
    for (auto const& each : line.outcome.unverified) add(all, line.code, words_of(name_of(report::Result::not_verified), each.object, "", each.why));
  }
  std::string text;
  for (auto const& each : all) text += base::join(each.codes, ",") + " " + each.words + "\n";
  return text;
}

}  // namespace render
