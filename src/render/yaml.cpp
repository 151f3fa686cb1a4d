#include "render/yaml.h"

namespace render {
namespace {

using base::Json;

bool is_flat(Json const& value) {
  return value.is_object() ? value.members().empty() : !value.is_array() || value.items().empty();
}

// Whatever is no list or map with something in it reads the same in JSON and in YAML; all text is in quotes.
void write(Json const& value, std::string const& indent, std::string& out) {
  for (auto const& [key, member] : value.members()) {
    out += indent + base::to_text(Json(key)) + ":";
    if (is_flat(member)) out += " " + base::to_text(member) + "\n";
    else out += "\n", write(member, indent + "  ", out);
  }
  for (auto const& item : value.items()) {
    if (is_flat(item)) {
      out += indent + "- " + base::to_text(item) + "\n";
      continue;
    }
    std::string nested;
    write(item, indent + "  ", nested);
    out += indent + "- " + nested.substr(indent.size() + 2);
  }
}

}  // namespace

std::string yaml(Json const& document) {
  if (is_flat(document)) return base::to_text(document) + "\n";
  std::string out;
  write(document, "", out);
  return out;
}

}  // namespace render
