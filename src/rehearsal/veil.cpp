#include "rehearsal/veil.h"

#include <algorithm>
#include <array>

#include "base/secrecy.h"
#include "base/text.h"
#include "state/marks.h"

namespace rehearsal {
namespace {

using base::Json;

// Names of the API itself that speak of a secret or a key and hold none.
constexpr std::array names_of_the_api = {"secretName",      "secretRef",   "secretKeyRef",       "imagePullSecrets",
                                         "imagePullSecret", "topologyKey", "serviceAccountToken", "automountServiceAccountToken"};

constexpr std::array marks = {state::marks::release_name, state::marks::release_namespace, state::marks::resource_policy};

bool is_among(auto const& list, std::string const& name) { return std::find(list.begin(), list.end(), name) != list.end(); }

bool is_annotation(FieldPath const& path) {
  return path.size() > 2 && path[path.size() - 2].member == "annotations" && path[path.size() - 3].member == "metadata";
}

// Another format within the text, which may hold anything: {"name":"DB_PASSWORD","value":"…"}.
bool is_structured(std::string_view text) {
  auto const trimmed = base::trim(text);
  return trimmed.starts_with('{') || trimmed.starts_with('[');
}

bool hides_text(std::string const& text) {
  return base::carries_a_secret(text) || (is_structured(text) && base::names_a_secret(text));
}

// The key of a toleration, a selector or a file, not one that opens anything.
bool names_a_key(Json const& object) {
  constexpr std::array beside = {"operator", "effect", "path", "name"};
  return std::any_of(beside.begin(), beside.end(), [&](auto const* name) { return object.has(name); });
}

// What has parts is hidden if one of them is. Here a text is not shown line by line.
bool hides_part(Json const& value) {
  if (value.is_string()) {
    bool const has_lines = value.str().find('\n') != std::string::npos;
    return hides_text(value.str()) || (has_lines && base::names_a_secret(value.str()));
  }
  for (auto const& item : value.items()) {
    bool const option = item.str().starts_with('-') && base::names_a_secret(item.str());  // its value may be the next item
    if (option || hides_part(item)) return true;
  }
  for (auto const& [name, member] : value.members()) {
    bool const harmless = is_among(names_of_the_api, name) || (name == "key" && names_a_key(value));
    if ((!harmless && base::names_a_secret(name)) || hides_part(member)) return true;
  }
  return value.has("value") && base::names_a_secret(value["name"].str());
}

bool hides_value(Json const& value) {
  if (!value.is_string()) return hides_part(value);
  bool const has_lines = value.str().find('\n') != std::string::npos;
  return has_lines ? value.str().find("PRIVATE KEY") != std::string::npos : hides_text(value.str());
}

std::size_t indent_of(std::string const& line) { return std::min(line.find_first_not_of(" \t-"), line.size()); }

}  // namespace

bool Veil::hides_name(FieldPath const& path) const {
  bool in_volume = false;
  for (std::size_t i = 0; i < path.size(); ++i) {
    auto const& name = path[i].member;
    in_volume = in_volume || name == "volumes" || name == "sources";
    bool const key = name == "key" && i > 0 && (path[i - 1].member.empty() || path[i - 1].member.ends_with("KeyRef"));
    bool const reference = is_among(names_of_the_api, name) || key || (name == "secret" && in_volume) ||
                           (name == "secrets" && kind_ == "ServiceAccount");
    if (!reference && base::names_a_secret(name)) return true;
  }
  // The value of a pair: an environment variable, a header.
  auto const size = path.size();
  if (size < 2 || path[size - 1].member != "value" || !path[size - 2].member.empty()) return false;
  return base::names_a_secret(path[size - 2].value);
}

bool Veil::hides(FieldPath const& path, Json const& value) const {
  if (path.empty() || value.is_bool() || value.is_null()) return false;
  auto const& first = path.front().member;
  auto const& last = path.back().member;
  if (first == "binaryData" || (kind_ == "Secret" && (first == "data" || first == "stringData"))) return true;
  if (is_annotation(path)) {
    if (is_among(marks, last)) return false;
    if (kind_ == "Secret" || last.find("last-applied") != std::string::npos) return true;
  }
  return hides_name(path) || hides_value(value);
}

std::vector<bool> shown_lines(std::vector<std::string> const& lines) {
  std::vector<bool> shown(lines.size(), true);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (!base::names_a_secret(lines[i]) && !base::carries_a_secret(lines[i])) continue;
    if (i > 0) shown[i - 1] = false;
    shown[i] = false;
    if (i + 1 < lines.size()) shown[i + 1] = false;
    for (auto j = i + 1; j < lines.size() && (indent_of(lines[j]) > indent_of(lines[i]) || lines[j].empty()); ++j) shown[j] = false;
  }
  return shown;
}

}  // namespace rehearsal
