#include "checks/knowledge.h"

#include <algorithm>

#include "base/json.h"

namespace checks {
namespace {

using base::Json;

constexpr std::string_view releases_yaml =
#include "releases.yaml.inc"
    ;
constexpr std::string_view keys_yaml =
#include "keys.yaml.inc"
    ;

bool below(std::string_view key, std::string_view branch) {
  return key.size() > branch.size() && key.starts_with(branch) && key[branch.size()] == '.';
}

std::optional<base::Version> version_at(Json const& entry, std::string_view key) {
  return base::parse_version(entry[key].str());
}

std::string sourceless(Json const& entry) {
  return entry["source"].str().empty() ? "an entry has no source: " + base::to_text(entry) : "";
}

std::string add_line(Json const& entry, std::vector<state::KnownRelease>& releases) {
  auto const line = version_at(entry, "line");
  auto const last = entry["last"].int_or(-1);
  if (!line || last < 0 || last > 1000) return "a line has no number or no newest patch: " + base::to_text(entry);
  for (std::int64_t patch = 0; patch <= last; ++patch)
    releases.push_back({.version = base::release_line(*line) + "." + std::to_string(patch)});
  return sourceless(entry);
}

std::string add_flaw(Json const& entry, std::vector<state::KnownRelease>& releases) {
  for (auto const& version : entry["versions"].items()) {
    auto const known =
        std::find_if(releases.begin(), releases.end(), [&](auto const& r) { return r.version == version.str(); });
    if (known == releases.end()) return "a flaw names a version that is in no line: " + base::to_text(version);
    known->withdrawn = entry["withdrawn"].bool_or(false);
    known->fatal = entry["fatal"].bool_or(false);
    known->symptom = entry["symptom"].str();
    known->fixed_in = entry["fixed"].str();
    known->only_with = entry["only_with"].str();
  }
  if (entry["versions"].items().empty() || entry["symptom"].str().empty() || !version_at(entry, "fixed"))
    return "a flaw lacks its versions, its symptom or the fixed version: " + base::to_text(entry);
  return sourceless(entry);
}

std::string add_key(Json const& entry, std::vector<state::RenamedKey>& keys) {
  keys.push_back({.from = entry["from"].str(),
                  .to = entry["to"].str(),
                  .ignored_since = entry["ignored"].str(),
                  .ignored_until = entry["ignored_until"].str(),
                  .refused_since = entry["refused"].str(),
                  .empty_passes = entry["empty_passes"].bool_or(false)});
  if (keys.back().from.empty() || (!version_at(entry, "ignored") && !version_at(entry, "refused")))
    return "a key has no name, or is neither ignored nor refused: " + base::to_text(entry);
  return sourceless(entry);
}

template <class List>
std::string add_all(Json const& entries, List& list, std::string (*add)(Json const&, List&)) {
  if (entries.items().empty()) return "a list is empty or missing";
  for (auto const& entry : entries.items())
    if (auto wrong = add(entry, list); !wrong.empty()) return wrong;
  return "";
}

bool at_least(base::Version const& version, std::string const& since) {
  auto const first = base::parse_version(since);
  return first && version >= *first;
}

}  // namespace

std::optional<state::Knowledge> read_knowledge(std::string_view releases, std::string_view keys, std::string* why) {
  std::string wrong;
  auto const release_file = base::parse_yaml(releases, &wrong);
  auto const key_file = release_file ? base::parse_yaml(keys, &wrong) : std::nullopt;
  state::Knowledge known;
  if (release_file && key_file) {
    known.repository = (*release_file)["repository"].str();
    wrong = add_all((*release_file)["lines"], known.releases, add_line);
    if (wrong.empty()) wrong = add_all((*release_file)["flaws"], known.releases, add_flaw);
    if (wrong.empty()) wrong = add_all((*key_file)["keys"], known.keys, add_key);
    if (wrong.empty()) return known;
  }
  if (why) *why = wrong;
  return {};
}

state::Knowledge const& knowledge() {
  // The files are part of the program and a test reads them, so there is nothing to tell a person if they are broken.
  static auto const known = read_knowledge(releases_yaml, keys_yaml, nullptr).value_or(state::Knowledge{});
  return known;
}

state::KnownRelease const* known_release(state::Knowledge const& known, base::Version const& version) {
  auto const text = base::to_text(version);
  auto const& all = known.releases;
  auto const found = std::find_if(all.begin(), all.end(), [&](auto const& release) { return release.version == text; });
  return found == all.end() ? nullptr : &*found;
}

state::RenamedKey const* renamed_key(state::Knowledge const& known, std::string_view key) {
  state::RenamedKey const* nearest = nullptr;
  for (auto const& each : known.keys)
    if ((key == each.from || below(key, each.from)) && (!nearest || each.from.size() > nearest->from.size()))
      nearest = &each;
  return nearest;
}

std::string new_name(state::RenamedKey const& entry, std::string_view key) {
  return entry.to.empty() ? "" : entry.to + std::string(key.substr(entry.from.size()));
}

Fate fate_of(state::RenamedKey const& entry, std::string_view key, std::string_view value,
             base::Version const& version) {
  bool const seen = !(entry.empty_passes && key == entry.from && is_empty_value(value));
  if (at_least(version, entry.refused_since) && seen) return Fate::refused;
  return at_least(version, entry.ignored_since) && !at_least(version, entry.ignored_until) ? Fate::ignored
                                                                                           : Fate::taken;
}

bool is_empty_value(std::string_view json) {
  constexpr std::string_view empty[] = {"false", "0", "\"\"", "null", "[]", "{}", ""};
  return std::find(std::begin(empty), std::end(empty), json) != std::end(empty);
}

bool is_set(state::Values const& values, std::string_view key) {
  return std::any_of(values.set.begin(), values.set.end(),
                     [&](auto const& value) { return value.first == key || below(value.first, key); });
}

}  // namespace checks
