#include "render/xml.h"

#include <sstream>

#include "base/text.h"

namespace render {

std::string xml_text(std::string_view text, bool one_line) {
  auto safe = base::printable(text, one_line);
  for (std::string_view const no_character : {"\xef\xbf\xbe", "\xef\xbf\xbf"})  // U+FFFE and U+FFFF
    for (auto at = safe.find(no_character); at != std::string::npos; at = safe.find(no_character, at)) safe.replace(at, 3, "\xef\xbf\xbd");
  return safe;
}

pugi::xml_node add(pugi::xml_node parent, char const* name, std::string_view text) {
  auto child = parent.append_child(name);
  if (!text.empty()) child.append_child(pugi::node_pcdata).set_value(xml_text(text, false).c_str());
  return child;
}

void set(pugi::xml_node node, char const* attribute, std::string_view value) {
  node.append_attribute(attribute).set_value(xml_text(value).c_str());
}

std::string to_text(pugi::xml_document const& document, unsigned flags) {
  std::ostringstream out;
  document.save(out, "  ", flags, pugi::encoding_utf8);
  return out.str();
}

}  // namespace render
