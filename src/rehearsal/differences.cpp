#include "rehearsal/differences.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "base/lines.h"
#include "rehearsal/dry_run.h"

namespace rehearsal {
namespace {

using base::Json;

constexpr std::size_t most_fields = 40;     // of an object
constexpr std::size_t most_in_all = 2000;
constexpr std::size_t most_characters = 160;  // of a value, and of a line
constexpr std::size_t most_lines = 6;       // of a value

// `text` from the byte `start` on, which begins a character.
std::string cut(std::string_view text, std::size_t start = 0) {
  std::string part = start > 0 ? "…" : "";
  auto rest = text.substr(start);
  for (std::size_t count = 0; count < most_characters && !rest.empty(); ++count) {
    auto const size = std::max<std::size_t>(base::utf8_size(rest), 1);
    part += rest.substr(0, size);
    rest.remove_prefix(size);
  }
  return rest.empty() ? part : part + "…";
}

// As a person writes it, and in quotation marks where it could be taken for something else: the text "5", an empty one.
std::string text_of(Json const& value) {
  if (value.is_null()) return {};
  if (!value.is_string()) return base::to_text(value);
  auto const& text = value.str();
  bool const odd = text.empty() || base::trim(text).size() != text.size() || text.front() == '(' || text.front() == '"' ||
                   std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < ' '; }) ||
                   base::parse_json(text).has_value();
  return odd ? base::to_text(value) : text;
}

bool has_lines(Json const& value) { return value.str().find('\n') != std::string::npos; }

std::vector<std::string> lines_of(Json const& value) {
  if (value.is_string()) return base::split(value.str(), '\n');
  std::vector<std::string> lines;
  for (auto const& item : value.items()) lines.push_back(text_of(item));
  return lines;
}

// Where a long pair of texts begins to differ, and a little before that.
std::size_t start_of_difference(std::string const& a, std::string const& b) {
  auto const end = std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first;
  auto start = static_cast<std::size_t>(end - a.begin());
  start -= std::min<std::size_t>(start, 40);
  while (start > 0 && (static_cast<unsigned char>(a[start]) & 0xc0) == 0x80) --start;
  return start;
}

std::string block(std::vector<std::string> const& lines, std::size_t first, std::size_t count, std::vector<bool> const& shown) {
  std::vector<std::string> taken;
  for (auto i = first; i < first + count; ++i) {
    if (taken.size() == most_lines) {
      taken.push_back("… " + base::count_of(first + count - i, "more line"));
      break;
    }
    auto text = !shown[i] ? state::hidden : lines[i].empty() ? "(an empty line)" : cut(lines[i]);
    if (shown[i] || taken.empty() || taken.back() != text) taken.push_back(std::move(text));
  }
  return base::join(taken, "\n");
}

bool takes_lines(Json const& before, Json const& after) {
  auto const fits = [&](auto is) { return (is(before) || before.is_null()) && (is(after) || after.is_null()); };
  if (fits([](Json const& value) { return value.is_string(); })) return has_lines(before) || has_lines(after);
  bool const is_long = std::max(text_of(before).size(), text_of(after).size()) > most_characters / 2;
  return is_long && fits([](Json const& value) { return value.is_array(); });
}

// One line for each value, cut where they are long in such a way that the difference is still to be seen.
state::Difference in_one_line(std::string path, Json const& before, Json const& after) {
  auto const old = text_of(before), now = text_of(after);
  bool const is_long = std::max(old.size(), now.size()) > most_characters;
  auto const start = is_long ? start_of_difference(old, now) : 0;
  return {std::move(path), 0, before.is_null() ? "" : cut(old, start), after.is_null() ? "" : cut(now, start)};
}

std::vector<state::Difference> in_lines(std::string const& path, Json const& before, Json const& after) {
  auto const old = lines_of(before), now = lines_of(after);
  bool const is_text = before.is_string() || after.is_string();
  auto const visible = [&](auto const& lines) { return is_text ? shown_lines(lines) : std::vector<bool>(lines.size(), true); };
  auto const old_shown = visible(old), now_shown = visible(now);
  std::vector<state::Difference> found;
  for (auto const& hunk : base::hunks(old, now)) {
    auto const at = hunk.before > 0 ? hunk.before_at : hunk.after_at;
    found.push_back({path, static_cast<int>(at) + 1, block(old, hunk.before_at, hunk.before, old_shown),
                     block(now, hunk.after_at, hunk.after, now_shown)});
  }
  return found;
}

state::Changes differences_up_to(Json const& before, Json const& after, std::size_t most) {
  Veil const veil(after);
  state::Changes changes{.compared = true};
  compare(before, after, [&](auto const& path, auto const& old, auto const& now) {
    auto found = changes.fields.size() < most ? differences(veil, path, old, now) : std::vector<state::Difference>(1);
    auto const room = std::min(found.size(), most - changes.fields.size());
    changes.more += static_cast<int>(found.size() - room);
    found.resize(room);
    std::move(found.begin(), found.end(), std::back_inserter(changes.fields));
  });
  return changes;
}

// A release that moves to server-side apply: Helm first hands its fields over.

}  // namespace

std::vector<state::Difference> differences(Veil const& veil, FieldPath const& path, Json const& before, Json const& after) {
  auto name = cut(to_text(path));
  if (veil.hides(path, before) || veil.hides(path, after)) {
    auto const shown = [](Json const& value) { return value.is_null() ? "" : state::hidden; };
    return {{std::move(name), 0, shown(before), shown(after)}};
  }
  if (takes_lines(before, after)) return in_lines(name, before, after);
  return {in_one_line(std::move(name), before, after)};
}

state::Changes differences(Json const& before, Json const& after) { return differences_up_to(before, after, most_fields); }

namespace {

// What the API server makes of the object: of an apply that meets fields of other managers, what force would make of it, since
// that is how an object is adopted.
Json after_all(Recorded const& last, state::Verdict const& verdict, Questions& ask) {
  bool const conflict = verdict.judgement == state::Judgement::rejected && verdict.cause == state::Cause::conflict;
  return conflict ? ask.stored_by_force(last) : last.after;
}

}  // namespace

std::map<Key, std::vector<std::size_t>> writes_by_object(Scene const& scene) {
  std::map<Key, std::vector<std::size_t>> all;
  auto const& writes = scene.played->writes;
  for (std::size_t i = 0; i < writes.size(); ++i)
    if (writes[i].method != "DELETE" && !is_helm_record(writes[i].target.key())) all[writes[i].target.key()].push_back(i);
  return all;
}

Json before_all(Recorded const& first, Recorded const& last, Questions& ask) {
  bool const comparable = last.after.is_null() || first.before["apiVersion"] == last.after["apiVersion"];
  return comparable ? first.before : ask.get(last.target.path).value_or(Json());
}

void add_changes(std::vector<state::Write>& writes, Scene const& scene, Questions& ask) {
  auto const& played = scene.played->writes;
  std::map<std::size_t, std::size_t> place;  // of a write of the scene among `writes`
  auto const by_object = writes_by_object(scene);
  for (std::size_t i = 0; i < played.size(); ++i)
    if (auto const found = by_object.find(played[i].target.key()); found != by_object.end() && played[i].method != "DELETE")
      place.emplace(i, place.size());
  std::size_t left = most_in_all;
  for (auto const& [key, all] : by_object) {
    auto const& first = played[all.front()];
    auto const& last = played[all.back()];
    auto& write = writes[place.at(all.back())];
    auto const after = first.creates ? Json() : after_all(last, write.verdict, ask);
    auto const before = after.is_null() ? Json() : before_all(first, last, ask);
    if (before.is_null()) continue;
    auto& changes = write.changes;
    changes = differences_up_to(before, after, std::min(most_fields, left));
    left -= changes.fields.size();
    if (all.size() > (is_json_patch(first.content_type) ? 2 : 1)) changes.unsure = "the upgrade writes it " + std::to_string(all.size()) + " times, and each request was judged against the object as it is now";
  }
}

}  // namespace rehearsal
