#include "values/reasons.h"

#include "checks/knowledge.h"

namespace values::reasons {
namespace {

using state::RenamedKey;

std::string gone(RenamedKey const& entry, base::Version const& target) {
  if (checks::at_or_after(target, entry.refused_since)) return "Charts from " + entry.refused_since + " on refuse it";
  return "Charts from " + entry.ignored_since + " on ignore it";
}

std::string note_of(RenamedKey const& entry) { return entry.note.empty() ? "" : " " + entry.note; }

}  // namespace

std::string removed(RenamedKey const& entry, base::Version const& target) {
  return gone(entry, target) + ", and nothing takes its place." + note_of(entry);
}

std::string renamed(RenamedKey const& entry, base::Version const& target) {
  bool const over = checks::at_or_after(target, entry.refused_since) || checks::at_or_after(target, entry.ignored_since);
  if (over) return gone(entry, target) + " under its old name." + note_of(entry);
  return "Charts take the new name from " + entry.renamed_since + " on, and from " + entry.ignored_since + " on only that." + note_of(entry);
}

std::string who_wins(RenamedKey const& entry) {
  if (entry.renamed_since.empty()) return "charts before " + entry.ignored_since + " take the old one, later ones the new one";
  return "charts from " + entry.renamed_since + " on take the old one, and from " + entry.ignored_since + " on the new one";
}

}  // namespace values::reasons
