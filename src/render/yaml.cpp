#include "render/yaml.h"

#include <algorithm>
#include <iterator>

#include <yaml-cpp/yaml.h>

#include "base/text.h"
#include "render/report.h"

namespace render {
namespace {

using base::Json;

constexpr std::string_view reserved[] = {"y", "n", "yes", "no", "on", "off", "true", "false", "null", "nan", "inf"};

// A word, or several, that no reader of YAML takes for anything but a text.
bool is_plain(std::string const& text) {
  auto const letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  auto const inner = [&](char c) { return letter(c) || (c >= '0' && c <= '9') || std::string_view("_./- ").find(c) != std::string_view::npos; };
  if (text.empty() || text.size() > 200 || !(letter(text.front()) || text.front() == '/') || text.back() == ' ') return false;
  if (!std::all_of(text.begin(), text.end(), inner)) return false;
  std::string low = text;
  std::transform(low.begin(), low.end(), low.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return std::find(std::begin(reserved), std::end(reserved), low) == std::end(reserved);
}

// Lines that read back as they are after a |, which yaml-cpp can write: the last one ends, and none is odd.
bool has_plain_lines(std::string const& text) {
  if (text.find('\n') == std::string::npos || !text.ends_with('\n') || text.ends_with("\n\n")) return false;
  if (text.front() == ' ' || text.front() == '\n' || text.front() == '#') return false;
  return text.find_first_of("\t\r") == std::string::npos && text.find(" \n") == std::string::npos && base::printable(text, false) == text;
}

// yaml-cpp writes U+FFFD for U+FFFE and its like, which are no characters. In quotes always: yaml-cpp would write "0123" and "yes" without, and they would be read as something else. What a reader
// of YAML may refuse, or obey, is written by its number.
void put(YAML::Emitter& out, std::string const& text, bool sparing) {
  if (sparing && is_plain(text)) {
    out << text;
    return;
  }
  if (sparing && has_plain_lines(text)) {
    out << YAML::Literal << text;
    return;
  }
  auto const valid = base::valid_utf8(text);
  if (base::printable(valid, false) != valid) out << YAML::EscapeNonAscii;
  out << YAML::DoubleQuoted << valid;
}

void put(YAML::Emitter& out, Json const& json, bool sparing) {
  if (json.is_string()) return put(out, json.str(), sparing);
  if (json.is_number()) {
    out << json.number();
  } else if (json.is_bool()) {
    out << json.bool_or(false);
  } else if (json.is_array()) {
    if (json.items().empty()) out << YAML::Flow;
    out << YAML::BeginSeq;
    for (auto const& item : json.items()) put(out, item, sparing);
    out << YAML::EndSeq;
  } else if (json.is_object()) {
    if (json.members().empty()) out << YAML::Flow;
    out << YAML::BeginMap;
    for (auto const& [key, value] : json.members()) {
      out << YAML::Key;
      if (sparing) put(out, key, sparing);
      else out << key;  // one of ours
      out << YAML::Value;
      put(out, value, sparing);
    }
    out << YAML::EndMap;
  } else {
    out << YAML::Null;
  }
}

std::string written(Json const& json, bool sparing) {
  YAML::Emitter out;
  put(out, json, sparing);
  return std::string(out.c_str(), out.size()) + "\n";
}

}  // namespace

std::string yaml(Json const& json) { return written(json, false); }

std::string plain_yaml(Json const& json) {
  auto const text = written(json, true);
  return base::parse_yaml(text) == json ? text : written(json, false);
}

std::string yaml(Document const& document) { return yaml(as_json(document)); }

}  // namespace render
