#include "render/values_diff.h"

#include <algorithm>

#include "base/lines.h"
#include "base/text.h"
#include "state/release.h"

namespace render {
namespace {

using base::Hunk;
using base::Json;
using values::Compared;

constexpr std::size_t context = 3;

std::vector<std::string> lines_of(std::string const& text) {
  auto lines = base::split(text, '\n');
  if (!lines.empty() && lines.back().empty()) lines.pop_back();
  for (auto& line : lines)
    if (line.ends_with('\r')) line.pop_back();
  return lines;
}

std::string painted(Look look, char const* colour, std::string const& text) {
  return look.colour ? "\x1b[" + std::string(colour) + "m" + text + "\x1b[0m" : text;
}

class Diff {
 public:
  Diff(TwoTexts const& texts, Look look)
      : texts_(texts), look_(look), before_(lines_of(texts.shown_before)), after_(lines_of(texts.shown_after)),
        hunks_(base::hunks(lines_of(texts.before), lines_of(texts.after))) {}

  std::string text() {
    if (hunks_.empty()) return "";
    put("1", "--- " + base::printable(texts_.name_before));
    put("1", "+++ " + base::printable(texts_.name_after));
    for (std::size_t first = 0; first < hunks_.size();) {
      auto last = first;
      while (last + 1 < hunks_.size() && hunks_[last + 1].before_at - end(hunks_[last]) <= 2 * context) ++last;
      block(first, last);
      first = last + 1;
    }
    return std::move(out_);
  }

 private:
  static std::size_t end(Hunk const& hunk) { return hunk.before_at + hunk.before; }

  void put(char const* colour, std::string const& line) { out_ += (colour ? painted(look_, colour, line) : line) + "\n"; }

  static std::string range(std::size_t at, std::size_t count) {
    return std::to_string(count == 0 ? at : at + 1) + (count == 1 ? "" : "," + std::to_string(count));
  }

  void block(std::size_t first, std::size_t last) {
    auto const& start = hunks_[first];
    auto const lead = std::min(context, start.before_at);
    auto const tail = std::min(context, before_.size() - end(hunks_[last]));
    auto const from = start.before_at - lead, to = end(hunks_[last]) + tail;
    auto const after_to = hunks_[last].after_at + hunks_[last].after + tail;
    put("36", "@@ -" + range(from, to - from) + " +" + range(start.after_at - lead, after_to - (start.after_at - lead)) + " @@");
    auto at = from;
    for (auto i = first; i <= last; ++i) {
      auto const& hunk = hunks_[i];
      for (; at < hunk.before_at; ++at) put(nullptr, " " + line(before_, at));
      for (; at < end(hunk); ++at) put("31", "-" + line(before_, at));
      for (std::size_t j = 0; j < hunk.after; ++j) put("32", "+" + line(after_, hunk.after_at + j));
    }
    for (; at < to; ++at) put(nullptr, " " + line(before_, at));
  }

  static std::string line(std::vector<std::string> const& lines, std::size_t at) { return at < lines.size() ? base::printable(lines[at]) : "(hidden)"; }

  TwoTexts const& texts_;
  Look look_;
  std::vector<std::string> before_, after_;
  std::vector<Hunk> hunks_;
  std::string out_;
};

std::string value_of(std::string const& json) { return json == state::Values::masked ? "(hidden)" : base::printable(json); }

char const* name_of(Compared::Kind kind) {
  if (kind == Compared::Kind::same) return "default";
  return kind == Compared::Kind::other ? "own" : "not-in-chart";
}

}  // namespace

std::string values_diff(TwoTexts const& texts, Look look) { return Diff(texts, look).text(); }

std::string defaults_words(AgainstDefaults const& about, Look look) {
  std::string out;
  auto const part = [&](Compared::Kind kind, char const* title, char const* sign, char const* colour) {
    std::string lines;
    std::size_t count = 0;
    for (auto const& each : about.compared) {
      if (each.kind != kind) continue;
      auto const by_default = kind == Compared::Kind::other ? "   (default: " + value_of(each.by_default) + ")" : "";
      lines += "  " + painted(look, colour, sign + base::printable(each.key) + ": " + value_of(each.own) + by_default) + "\n";
      ++count;
    }
    if (count > 0) out += "\n" + painted(look, "1", title) + " (" + std::to_string(count) + ")\n" + lines;
  };
  part(Compared::Kind::other, "Not the default", "~ ", "33");
  part(Compared::Kind::extra, "Not among the chart's keys", "+ ", "32");
  part(Compared::Kind::same, "Merely the default", "= ", "2");
  return painted(look, "1", base::printable(about.name + " against the defaults of " + about.chart)) + "\n" + out;
}

Json defaults_json(AgainstDefaults const& about) {
  Json::Array keys;
  auto const parsed = [](std::string const& json) { return json.empty() ? Json() : base::parse_json(json).value_or(json); };
  for (auto const& each : about.compared)
    keys.push_back(Json::Object{{"key", each.key}, {"kind", name_of(each.kind)}, {"own", parsed(each.own)}, {"default", parsed(each.by_default)}});
  return Json::Object{{"format", "helm-coder-values-defaults/1"}, {"values", about.name}, {"chart", about.chart}, {"keys", keys}};
}

}  // namespace render
