#include "render/values.h"

#include <algorithm>

#include "base/text.h"
#include "render/layout.h"

namespace render {
namespace {

using base::Json;
using values::Change;

constexpr std::size_t indent = 4;

char const* word_of(Change::Kind kind) {
  switch (kind) {
    case Change::Kind::renamed: return "renamed";
    case Change::Kind::removed: return "removed";
    case Change::Kind::emptied: return "emptied";
    case Change::Kind::added: break;
  }
  return "added";
}

class Words {
 public:
  Words(Migrated const& migrated, Look look) : about_(migrated), look_(look), width_(static_cast<std::size_t>(std::clamp(look.width, 60, 110))) {}

  std::string text() {
    auto const& migration = about_.migration;
    headline();
    for (auto const& refusal : migration.refusals) put(place(refusal.line) + painted("31", base::printable(refusal.key)) + at_other(refusal), refusal.why);
    for (auto const& change : migration.changes) put(place(change.line) + key_of(change), change.why);
    for (auto const& note : migration.notes) line("! ", note);
    if (!about_.done.empty()) out_ += "\n" + base::printable(about_.done) + "\n";
    if (!about_.next.empty()) out_ += "Next: " + painted("36", base::printable(about_.next)) + "\n";
    return std::move(out_);
  }

 private:
  std::string painted(char const* colour, std::string const& text) const {
    return look_.colour ? "\x1b[" + std::string(colour) + "m" + text + "\x1b[0m" : text;
  }

  void headline() {
    auto const& migration = about_.migration;
    auto const name = base::printable(about_.name);
    if (!migration.refusals.empty())
      out_ = painted("1", name + " can't be migrated to Coder " + about_.target + " before a person has decided on " + base::count_of(migration.refusals.size(), "key")) + "\n";
    else if (migration.changes.empty())
      out_ = "Nothing has to change in " + name + " for Coder " + about_.target + ".\n";
    else
      out_ = painted("1", name + " for Coder " + about_.target + ": " + base::count_of(migration.changes.size(), "key") + (migration.changes.size() == 1 ? " changes" : " change")) + "\n";
  }

  static std::string place(std::size_t at) { return at == 0 ? "" : "line " + std::to_string(at) + ": "; }

  static std::string at_other(values::Refusal const& refusal) {
    if (refusal.other.empty()) return "";
    return " and " + base::printable(refusal.other) + (refusal.other_line == 0 ? "" : " (line " + std::to_string(refusal.other_line) + ")");
  }

  std::string key_of(Change const& change) const {
    auto const from = base::printable(change.from), to = base::printable(change.to);
    switch (change.kind) {
      case Change::Kind::renamed: return painted("33", "~ " + from + " → " + to);
      case Change::Kind::removed: return painted("31", "- " + from);
      case Change::Kind::emptied: return painted("33", "~ " + from + ": {}");
      case Change::Kind::added: break;
    }
    return painted("32", "+ " + to);
  }

  void put(std::string const& head, std::string const& why) {
    out_ += "  " + head + "\n" + std::string(indent, ' ') + hanging(wrapped(base::printable(why), width_ - indent), indent) + "\n";
  }

  void line(std::string const& mark, std::string const& text) {
    out_ += painted("33", mark) + hanging(wrapped(base::printable(text), width_ - 2), 2) + "\n";
  }

  Migrated const& about_;
  Look look_;
  std::size_t width_;
  std::string out_;
};

Json line_json(std::size_t line) { return line == 0 ? Json() : Json(line); }

}  // namespace

std::string migration_words(Migrated const& migrated, Look look) { return Words(migrated, look).text(); }

Json migration_json(Migrated const& migrated) {
  Json::Array changes, refusals, notes;
  for (auto const& change : migrated.migration.changes)
    changes.push_back(Json::Object{{"action", word_of(change.kind)}, {"from", change.from}, {"to", change.to}, {"why", change.why}, {"line", line_json(change.line)}});
  for (auto const& refusal : migrated.migration.refusals)
    refusals.push_back(Json::Object{{"key", refusal.key}, {"other", refusal.other}, {"why", refusal.why}, {"line", line_json(refusal.line)}, {"otherLine", line_json(refusal.other_line)}});
  for (auto const& note : migrated.migration.notes) notes.push_back(note);
  return Json::Object{{"format", "helm-coder-values-migration/1"}, {"values", migrated.name}, {"target", migrated.target},
                      {"refused", !migrated.migration.refusals.empty()}, {"changes", changes}, {"notes", notes}, {"refusals", refusals}};
}

}  // namespace render
