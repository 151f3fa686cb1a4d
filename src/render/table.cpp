#include <algorithm>
#include <utility>

#include "base/text.h"
#include "render/conclusion.h"
#include "render/layout.h"
#include "render/report.h"
#include "render/words.h"

namespace render {
namespace {

using report::Result;

constexpr std::size_t indent = 6;        // of what belongs to a check
constexpr std::size_t widest_label = 28;  // of an object beside its message; a longer one has a line of its own

struct Mark {
  char const* sign;
  char const* colour;
};

Mark mark_of(Result result) {
  switch (result) {
    case Result::passed: return {"√", "32"};
    case Result::warning: return {"‼", "33"};
    case Result::error: return {"×", "31"};
    case Result::not_verified: return {"–", "36"};
    case Result::not_asked: return {"·", "2"};
  }
  return {"?", "0"};
}

// Text from outside is made printable where it enters a line; what is put around it is ours.
class Table {
 public:
  Table(Document const& document, Look look)
      : document_(document), look_(look), width_(static_cast<std::size_t>(std::clamp(look.width, 60, 120))) {
    for (auto const& line : document.report.lines) column_ = std::max(column_, columns_of(line.summary) + 4 + 2);
    column_ = std::min(column_, width_ - 20);
  }

  std::string text() {
    header();
    std::vector<report::Line const*> lines;
    for (auto const& line : document_.report.lines)
      if (line.result != Result::not_asked) lines.push_back(&line);
    std::string category;
    for (std::size_t i = 0; i < lines.size(); ++i) {
      if (lines[i]->category != category) out_ += "\n" + painted("1", lines[i]->category) + "\n";
      if (std::exchange(category, lines[i]->category) != lines[i]->category) told_ = nullptr;
      check(*lines[i], i + 1 < lines.size() ? lines[i + 1] : nullptr);
    }
    not_asked();
    ending();
    return std::move(out_);
  }

 private:
  std::string painted(char const* colour, std::string const& text) const {
    return look_.colour ? "\x1b[" + std::string(colour) + "m" + text + "\x1b[0m" : text;
  }

  void put(std::size_t blanks, std::string const& text) { out_ += std::string(blanks, ' ') + text + "\n"; }

  void header() {
    auto const& s = document_.subject;
    auto const safe = [](std::string const& text) { return base::printable(text); };
    auto title = safe(s.release);
    if (!s.from.empty()) title += " " + safe(s.from);
    if (!s.to.empty()) title += " → " + safe(s.to);
    std::vector<std::string> parts = {title};
    if (!s.name_space.empty()) parts.push_back("namespace " + safe(s.name_space));
    if (!s.helm.empty()) parts.push_back("Helm " + safe(s.helm));
    if (!s.kubernetes.empty()) parts.push_back("Kubernetes " + safe(s.kubernetes));
    if (s.rehearsed) parts.push_back(base::count_of(s.rehearsed->requests, "request") + " rehearsed in " + tenths(s.rehearsed->seconds) + " s");
    std::size_t used = 0;
    for (auto const& part : parts) {
      auto const fits = used + 3 + columns_of(part) <= width_;
      out_ += used == 0 ? "" : fits ? "   " : "\n  ";
      used = (fits ? used + 3 : 2) + columns_of(part);
      out_ += &part == &parts.front() ? painted("1", part) : part;
    }
    out_ += "\n";
  }

  // `next`: the line after this one, or nothing.
  void check(report::Line const& line, report::Line const* next) {
    auto const [sign, colour] = mark_of(line.result);
    auto remark = base::printable(line.detail);
    if (line.ignore) remark = ignoring(line);
    if (line.result == Result::not_verified) remark = "not verified";
    auto const* reason = only_reason(line);
    bool const said_before = reason && same_reason(reason, told_);
    if (said_before) remark = "as above";
    bool const said_below = reason && !said_before && next && next->category == line.category && same_reason(reason, only_reason(*next));
    if (reason && !said_below && !said_above_ && !said_before) remark += ": " + base::printable(reason->why);
    summary(painted(colour, sign), line.summary, remark);
    findings(line.outcome.findings);
    if (!reason) {
      unverified(line);
    } else if (!said_below && !said_before) {
      told_ = reason;
      if (said_above_) put(indent, hanging(wrapped(base::printable(reason->why), width_ - indent), indent));
      told(reason->tell);
    }
    said_above_ = said_below;
    if (!line.outcome.findings.empty() && !line.of_others) put(indent, painted("2", "helm coder explain " + line.code));
  }

  // At the end: it is neither good nor bad.
  void not_asked() {
    bool first = true;
    for (auto const& line : document_.report.lines) {
      if (line.result != Result::not_asked) continue;
      if (std::exchange(first, false)) out_ += "\n" + painted("1", "Not asked") + "\n";
      auto const [sign, colour] = mark_of(line.result);
      summary(painted(colour, sign), line.summary, "");
      for (auto const& each : line.outcome.not_asked) {
        described(each.object, columns_of(each.object), each.why);
        told(each.tell);
      }
    }
  }

  void unverified(report::Line const& line) {
    auto const& all = line.outcome.unverified;
    std::vector<std::string> objects;
    for (auto const& each : all) objects.push_back(each.object);
    auto const prefix = line.outcome.findings.empty() ? "" : "not verified: ";  // else the summary says it
    for (std::size_t i = 0; i < all.size(); ++i) {
      described(all[i].object, label_width(objects), prefix + all[i].why);
      if (i + 1 == all.size() || all[i + 1].tell != all[i].tell) told(all[i].tell);
    }
  }

  void summary(std::string const& sign, std::string const& text, std::string const& remark) {
    auto const start = std::max(column_, columns_of(text) + 4 + 2);
    out_ += "  " + sign + " ";
    if (remark.empty()) {
      out_ += text + "\n";
    } else if (start + columns_of(remark) <= width_) {
      out_ += padded(text, start - 4) + remark + "\n";
    } else {
      out_ += text + "\n";
      put(indent, hanging(wrapped(remark, width_ - indent), indent));
    }
  }

  static std::size_t label_width(std::vector<std::string> const& objects) {
    std::size_t most = 0;
    for (auto const& object : objects)
      if (auto const size = columns_of(base::printable(object)); size <= widest_label) most = std::max(most, size);
    return most;
  }

  // A label, and beside it, or under it where it is long, the text.
  void described(std::string const& object, std::size_t label, std::string const& text) {
    auto const name = base::printable(object);
    auto const size = columns_of(name);
    auto const start = size == 0 && label == 0 ? indent : size > label ? indent + 2 : indent + label + 2;
    auto const lines = hanging(wrapped(base::printable(text), width_ - std::min(start, width_ - 20)), start);
    if (size > label) {
      put(indent, name);
      put(start, lines);
    } else {
      put(indent, padded(name, start - indent) + lines);
    }
  }

  void findings(std::vector<report::Finding> const& all) {
    std::vector<std::string> objects;
    for (auto const& finding : all) objects.push_back(finding.object);
    auto const label = label_width(objects);
    for (std::size_t i = 0; i < all.size(); ++i) {
      auto const& finding = all[i];
      described(finding.object, label, finding.field.empty() ? finding.message : finding.field + ": " + finding.message);
      auto const text = to_text(finding.remedy, document_.request);
      if (i + 1 == all.size() || to_text(all[i + 1].remedy, document_.request) != text) put_remedy(finding.remedy, text);
    }
  }

  // A command stays on one line, so that it can be copied.
  void put_remedy(report::Remedy const& remedy, std::string const& text) {
    if (text.empty()) return;
    bool const is_command = std::holds_alternative<report::Command>(remedy);
    put(indent, "→ " + (is_command ? painted("36", text) : hanging(wrapped(text, width_ - indent - 2), indent + 2)));
  }

  void told(std::string const& tell) {
    if (tell.empty()) return;
    auto const text = base::printable(tell);
    put(indent, "→ " + (text.ends_with('.') ? hanging(wrapped(text, width_ - indent - 2), indent + 2) : text));
  }

  void ending() {
    auto const count = report::tally(document_.report);
    out_ += "\n" + base::count_of(count.errors, "error") + ", " + base::count_of(count.warnings, "warning") + ", " +
            std::to_string(count.unverified) + " not verified, " + std::to_string(count.passed) + " passed" +
            (count.not_asked > 0 ? ", " + std::to_string(count.not_asked) + " not asked" : "") + "\n";
    auto const [sentence, next, lacks_flags] = conclusion(document_);
    put(0, sentence);
    if (!next.empty()) put(2, painted("36", next));
    if (lacks_flags) put(2, "with the other flags for Helm that you gave here");
  }

  Document const& document_;
  Look look_;
  std::size_t width_, column_ = 0;
  report::Unverified const* told_ = nullptr;  // what was told last in this category of what several checks lack
  bool said_above_ = false;  // the line before left its reason to this one
  std::string out_;
};

}  // namespace

std::string table(Document const& document, Look look) { return Table(document, look).text(); }

}  // namespace render
