#include "base/text.h"
#include "render/journey.h"
#include "render/journey_words.h"

namespace render {
namespace {

// As code: what it holds is no Markdown then, but for the mark itself.
std::string code(std::string text) {
  for (auto& c : text)
    if (c == '`') c = '\'';
  return "`" + base::printable(text) + "`";
}

// What could be taken for Markdown or HTML is said to be none.
std::string plain(std::string const& text) {
  std::string out;
  for (char const c : text) {
    if (std::string_view("\\`*_[]<>#|").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

std::string block(std::string const& command, std::string const& indent) {
  return command.empty() ? "" : "\n" + indent + "```sh\n" + indent + base::printable(command) + "\n" + indent + "```\n";
}

std::string steps(char const* title, std::vector<journey::Step> const& steps) {
  if (steps.empty()) return "";
  std::string out = "\n" + std::string(title) + ":\n\n";
  for (auto const& step : steps) out += std::string(step.done ? "- [x] " : "- [ ] ") + plain(words::said(step)) + "\n" + block(step.command, "  ");
  return out;
}

std::string one(journey::Stop const& stop, std::size_t number) {
  auto out = "\n## " + plain(words::heading(stop, number)) + "\n";
  if (!stop.why.empty()) out += "\nA stop that must be made: " + plain(base::printable(stop.why)) + ".\n";
  if (!stop.notes.empty() || !stop.keys.empty()) out += "\nWhat changes:\n\n";
  for (auto const& note : stop.notes)
    out += "- **" + plain(base::printable(note.about)) + "**" + (note.forbids ? " (this upgrade will fail)" : "") + ": " + plain(words::said(note)) + "\n";
  for (auto const& key : stop.keys) out += "- " + code(key.object) + ": " + plain(words::said(key)) + "\n";
  return out + steps("Before", stop.before) + "\n- [ ] Upgrade:\n" + block(stop.upgrade, "  ") + steps("After", stop.after);
}

}  // namespace

std::string journey_markdown(Planned const& planned) {
  auto const& journey = planned.journey;
  auto out = "# " + plain(base::printable(planned.request.release)) + " " + journey.from + " → " + journey.to + "\n";
  for (auto const& note : journey.notes) out += "\n" + plain(words::said(note)) + "\n";
  std::size_t number = 0;
  for (auto const& stop : journey.stops) out += one(stop, ++number);
  if (journey.stops.empty()) out += "\n" + plain(words::nothing_to_do(journey)) + "\n";
  if (!journey.next.empty()) out += "\nNext:\n" + block(journey.next, "");
  if (!journey.unverified.empty()) out += "\n## Not looked at\n\n";
  for (auto const& each : journey.unverified)
    out += "- " + plain(base::printable(each.object + ": " + each.why + (each.tell.empty() ? "" : " → " + each.tell))) + "\n";
  return out;
}

}  // namespace render
