#include "render/yaml.h"

#include <yaml-cpp/yaml.h>

#include "base/text.h"
#include "render/report.h"

namespace render {
namespace {

using base::Json;

// yaml-cpp writes U+FFFD for U+FFFE and its like, which are no characters. In quotes always: yaml-cpp would write "0123" and "yes" without, and they would be read as something else. What a reader
// of YAML may refuse, or obey, is written by its number.
void put(YAML::Emitter& out, std::string const& text) {
  auto const valid = base::valid_utf8(text);
  if (base::printable(valid, false) != valid) out << YAML::EscapeNonAscii;
  out << YAML::DoubleQuoted << valid;
}

void put(YAML::Emitter& out, Json const& json) {
  if (json.is_string()) return put(out, json.str());
  if (json.is_number()) {
    out << json.number();
  } else if (json.is_bool()) {
    out << json.bool_or(false);
  } else if (json.is_array()) {
    if (json.items().empty()) out << YAML::Flow;
    out << YAML::BeginSeq;
    for (auto const& item : json.items()) put(out, item);
    out << YAML::EndSeq;
  } else if (json.is_object()) {
    if (json.members().empty()) out << YAML::Flow;
    out << YAML::BeginMap;
    for (auto const& [key, value] : json.members()) {
      out << YAML::Key << key << YAML::Value;  // a key of ours
      put(out, value);
    }
    out << YAML::EndMap;
  } else {
    out << YAML::Null;
  }
}

}  // namespace

std::string yaml(Json const& json) {
  YAML::Emitter out;
  put(out, json);
  return std::string(out.c_str(), out.size()) + "\n";
}

std::string yaml(Document const& document) { return yaml(as_json(document)); }

}  // namespace render
