#include <cmath>

#include "render/html.h"

namespace render::html {
namespace {

std::string milliseconds(double seconds) { return std::to_string(std::lround(seconds * 1000)) + " ms"; }

void row(pugi::xml_node body, std::string const& name, std::string const& begun, double seconds) {
  auto line = render::add(body, "tr");
  set(render::add(line, "th", name), "scope", "row");
  render::add(line, "td", begun.empty() ? "\u2013" : begun), render::add(line, "td", milliseconds(seconds));
}

}  // namespace

void add_timings(pugi::xml_node main, Document const& document) {
  if (document.timings.empty()) return;
  auto part = section(main, "timings", "Where the time went", "");
  auto details = render::add(part, "details");
  render::add(details, "summary", "Show what took how long");
  auto table = render::add(details, "table");
  auto head = render::add(render::add(table, "thead"), "tr");
  for (auto const* title : {"what", "begun", "took"}) set(render::add(head, "th", title), "scope", "col");
  auto body = render::add(table, "tbody");
  for (auto const& phase : document.timings) row(body, phase.name, milliseconds(phase.begin), phase.seconds);
  for (auto const& line : document.report.lines)
    if (line.seconds) row(body, line.code + " " + line.name, "", *line.seconds);
}

}  // namespace render::html
