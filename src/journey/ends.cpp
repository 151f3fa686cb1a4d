#include "journey/ends.h"

#include <algorithm>
#include <optional>

#include "checks/knowledge.h"
#include "checks/stops.h"

namespace journey {
namespace {

constexpr auto newer_knowledge = " (--knowledge DIR takes newer files of knowledge)";

bool is_line(std::string const& text) { return std::count(text.begin(), text.end(), '.') < 2; }

bool is_indexed(base::Version const& version, std::vector<std::string> const& index) {
  return std::any_of(index.begin(), index.end(), [&](auto const& text) { return base::parse_version(text) == version; });
}

// Why nothing can be told of a way that begins here; empty if something can.
std::string bad_start(base::Version const& from, Asked const& asked, state::Knowledge const& known) {
  auto const& oldest = known.lines.front().line;
  if (from < *base::parse_version(oldest)) return "nothing is known of Coder " + base::to_text(from) + ": the oldest release line that this program knows is " + oldest;
  auto const* line = checks::known_line(known, from);
  if (asked.installed || !line || checks::known_release(known, from)) return "";
  return "no Coder " + base::to_text(from) + " is known; the newest of " + line->line + " is " + checks::newest_patch(known, line->line, {});
}

std::string bad_end(base::Version const& to, Asked const& asked, state::Knowledge const& known) {
  auto const text = base::to_text(to);
  auto const newest = *base::parse_version(known.lines.back().line);
  if (to.minor > newest.minor + checks::most_unknown_lines)
    return "Coder " + text + " is too far from " + checks::newest_known(known) + ", the newest that this program knows, to plan the way" + newer_knowledge;
  auto const* release = checks::known_release(known, to);
  if (release && (release->withdrawn || release->fatal))
    return "Coder " + text + " is no version to go to: " + release->symptom + "; take " + release->fixed_in;
  auto const* line = checks::known_line(known, to);
  if (release || !line || is_indexed(to, asked.index)) return "";
  auto const patch = checks::newest_patch(known, line->line, asked.index);
  bool const later = line == &known.lines.back() && to > *base::parse_version(patch);
  return later || !to.pre.empty() ? "" : "no Coder " + text + " is known; the newest of " + line->line + " is " + patch;
}

// The version that was meant.
std::string meant(Asked const& asked, state::Knowledge const& known) {
  if (asked.to.empty()) return checks::newest_patch(known, known.lines.back().line, asked.index);
  if (!is_line(asked.to)) return asked.to;
  auto const line = base::parse_version(asked.to);
  return line ? checks::newest_patch(known, base::release_line(*line), asked.index) : asked.to;
}

}  // namespace

std::variant<Ends, std::string> ends(Asked const& asked, state::Knowledge const& known) {
  auto const from = base::parse_version(asked.from);
  auto const text = meant(asked, known);
  auto const to = base::parse_version(text);
  if (!from) return "the version \"" + asked.from + "\" that the way would begin at can't be read";
  if (!to) return "the version \"" + text + "\" can't be read; write 1.34.3, or 1.34 for its newest patch";
  if (auto wrong = bad_start(*from, asked, known); !wrong.empty()) return wrong;
  if (auto const newest = *base::parse_version(known.lines.back().line); to->major != newest.major)
    return "Coder " + std::to_string(to->major) + " is another product than Coder " + std::to_string(newest.major) + " and does not take over its database, so no upgrade leads there";
  if (is_line(text)) return "no version of " + text + " is known; write all of it, such as " + text + ".0" + newer_knowledge;
  if (auto wrong = bad_end(*to, asked, known); !wrong.empty()) return wrong;
  if (*from <= *to) return Ends{*from, *to};
  auto const begins = (asked.installed ? "the release is on Coder " + base::to_text(*from) + ", which is" : "--from " + base::to_text(*from) + " is") +
                      " newer than " + text;
  if (asked.to.empty()) return begins + ", the newest that this program knows" + newer_knowledge;
  return begins + ": no upgrade leads back; going back takes the database as it was saved before the upgrade";
}

}  // namespace journey
