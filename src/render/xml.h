#pragma once

#include <string>
#include <string_view>

#include <pugixml.hpp>

namespace render {

// Text that any reader of XML takes: pugixml escapes what is markup, and writes the rest as it is, also what no document may hold.
std::string xml_text(std::string_view text, bool one_line = true);

// A new child with this text; nothing but the child if there is no text.
pugi::xml_node add(pugi::xml_node parent, char const* name, std::string_view text = {});

void set(pugi::xml_node node, char const* attribute, std::string_view value);

std::string to_text(pugi::xml_document const&, unsigned flags = pugi::format_default);

}  // namespace render
