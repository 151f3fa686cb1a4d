#include "checks/knowledge.h"

#include <algorithm>

#include "base/json.h"
#include "checks/read_knowledge.h"

namespace checks {
namespace {

struct File {
  std::string_view name, built_in;
  std::string (*read)(base::Json const&, state::Knowledge&);
};

// In the order in which they are read: stops name lines.
constexpr File files[] = {{"releases.yaml",
#include "releases.yaml.inc"
                           , reading::releases},
                          {"keys.yaml",
#include "keys.yaml.inc"
                           , reading::keys},
                          {"kubernetes.yaml",
#include "kubernetes.yaml.inc"
                           , reading::kubernetes},
                          {"stops.yaml",
#include "stops.yaml.inc"
                           , reading::stops},
                          {"changes.yaml",
#include "changes.yaml.inc"
                           , reading::changes},
                          {"providers.yaml",
#include "providers.yaml.inc"
                           , reading::providers}};

bool below(std::string_view key, std::string_view branch) {
  return key.size() > branch.size() && key.starts_with(branch) && key[branch.size()] == '.';
}

}  // namespace

bool at_or_after(base::Version const& version, std::string const& since) {
  auto const first = base::parse_version(since);
  return first && version >= *first;
}

std::vector<std::string> knowledge_files() {
  std::vector<std::string> names;
  for (auto const& file : files) names.emplace_back(file.name);
  return names;
}

std::optional<state::Knowledge> read_knowledge(std::map<std::string, std::string> const& given, std::string* why) {
  state::Knowledge known;
  for (auto const& file : files) {
    auto const at = given.find(std::string(file.name));
    std::string wrong;
    auto const read = base::parse_yaml(at == given.end() ? file.built_in : std::string_view(at->second), &wrong);
    if (read) wrong = file.read(*read, known);
    if (wrong.empty()) continue;
    if (why) *why = std::string(file.name) + ": " + wrong;
    return {};
  }
  return known;
}

state::Knowledge const& knowledge() {
  // The files are part of the program and a test reads them, so there is nothing to tell a person if they are broken.
  static auto const known = read_knowledge({}, nullptr).value_or(state::Knowledge{});
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
  if (at_or_after(version, entry.refused_since) && seen) return Fate::refused;
  return at_or_after(version, entry.ignored_since) && !at_or_after(version, entry.ignored_until) ? Fate::ignored
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
