#pragma once

#include <string>
#include <string_view>

#include "render/report.h"
#include "render/xml.h"

// The parts of the HTML report; html.cpp puts them together.
namespace render::html {

// A new child of this class. An element that is not empty by its nature must get a child: `<p />` is an open paragraph to a browser.
pugi::xml_node add(pugi::xml_node parent, char const* name, char const* style, std::string_view text = {});

// Words for whoever does not see the page.
void whisper(pugi::xml_node parent, std::string_view text);

// A section of the page with its heading; `id` is what links lead to.
pugi::xml_node section(pugi::xml_node main, char const* id, std::string_view title, std::string_view remark);

// What changes in the cluster; nothing if it was not rehearsed.
void add_changes(pugi::xml_node main, Document const&);

// What becomes of the release if the upgrade fails; nothing if that was not rehearsed.
void add_rollbacks(pugi::xml_node main, Document const&);

// Where the time went; nothing of a recording.
void add_timings(pugi::xml_node main, Document const&);

}  // namespace render::html
