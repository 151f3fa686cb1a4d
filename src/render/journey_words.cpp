#include "render/journey_words.h"

#include "base/text.h"

namespace render::words {
namespace {

// "if there is one" before a sentence: "If there is one: …".
std::string condition(std::string only_if) {
  if (only_if.empty()) return "";
  if (only_if.front() == 'i') only_if.front() = 'I';
  return only_if + ": ";
}

}  // namespace

std::string said(journey::Note const& note) {
  return base::printable(condition(note.only_if) + note.text + (note.advice.empty() ? "" : " " + note.advice));
}

std::string said(journey::Step const& step) { return base::printable(condition(step.only_if) + step.text); }

std::string said(report::Finding const& finding) {
  auto const* advice = std::get_if<report::Advice>(&finding.remedy);
  return base::printable(finding.message + "." + (advice ? " " + advice->sentence : ""));
}

std::string heading(journey::Stop const& stop, std::size_t number) {
  auto const day = stop.released.empty() ? "" : " (" + base::release_line(base::parse_version(stop.version).value_or(base::Version())) + " came out on " + stop.released + ")";
  return base::printable(std::to_string(number) + ". " + stop.from + " → " + stop.version + day);
}

std::string nothing_to_do(journey::Journey const& journey) {
  return "The release is on Coder " + journey.to + " already: no upgrade is left to do.";
}

}  // namespace render::words
