#include "render/journey.h"

#include <algorithm>

#include "base/text.h"
#include "render/journey_words.h"
#include "render/layout.h"

namespace render {
namespace {

constexpr std::size_t indent = 5;

class JourneyTable {
 public:
  JourneyTable(Planned const& planned, Look look)
      : planned_(planned), look_(look), width_(static_cast<std::size_t>(std::clamp(look.width, 60, 120))) {}

  std::string text() {
    auto const& journey = planned_.journey;
    header();
    for (auto const& note : journey.notes) out_ += "\n", put(0, "‼ ", words::said(note));
    std::size_t number = 0;
    for (auto const& stop : journey.stops) one(stop, ++number);
    unverified();
    if (journey.stops.empty()) out_ += "\n", put(0, "", words::nothing_to_do(journey));
    if (journey.next.empty()) return std::move(out_);
    bool const begins = !journey.stops.empty() && journey.next == journey.stops.front().upgrade;
    bool const first = begins && !journey.stops.front().before.empty();
    out_ += "\nNothing was changed. Next" + std::string(first ? ", when all that comes before it in step 1 is done" : "") + ":\n";
    command(2, journey.next);
    return std::move(out_);
  }

 private:
  std::string painted(char const* colour, std::string const& text) const {
    return look_.colour ? "\x1b[" + std::string(colour) + "m" + text + "\x1b[0m" : text;
  }

  // A sign, and the text beside it.
  void put(std::size_t blanks, std::string const& sign, std::string const& text) {
    auto const start = blanks + columns_of(sign);
    out_ += std::string(blanks, ' ') + sign + hanging(wrapped(text, width_ - start), start) + "\n";
  }

  // A command stays on one line, so that it can be copied.
  void command(std::size_t blanks, std::string const& text) {
    if (!text.empty()) out_ += std::string(blanks, ' ') + painted("36", base::printable(text)) + "\n";
  }

  void title(char const* text) { out_ += "   " + std::string(text) + "\n"; }

  void header() {
    auto const& journey = planned_.journey;
    auto const& request = planned_.request;
    auto const title = base::printable(request.release + " " + journey.from + " → " + journey.to);
    out_ += painted("1", title) + "   " + base::count_of(journey.stops.size(), "upgrade");
    if (request.name_space_given) out_ += "   namespace " + base::printable(request.name_space);
    if (!planned_.kubernetes.empty()) out_ += "   Kubernetes " + base::printable(planned_.kubernetes);
    out_ += "\n";
  }

  void one(journey::Stop const& stop, std::size_t number) {
    out_ += "\n" + painted("1", words::heading(stop, number)) + "\n";
    if (!stop.why.empty()) put(3, "", base::printable("A stop that must be made: " + stop.why + "."));
    if (!stop.notes.empty() || !stop.keys.empty()) title("What changes");
    for (auto const& note : stop.notes) put(indent, note.forbids ? "× " : "- ", base::printable(note.about) + ": " + words::said(note));
    for (auto const& key : stop.keys) put(indent, "- ", base::printable(key.object) + ": " + words::said(key));
    steps("Before", stop.before);
    title("Upgrade");
    command(indent, stop.upgrade);
    steps("After", stop.after);
  }

  void steps(char const* name, std::vector<journey::Step> const& steps) {
    if (steps.empty()) return;
    title(name);
    for (auto const& step : steps) {
      put(indent, step.done ? "[x] " : "[ ] ", words::said(step));
      command(indent + 4, step.command);
    }
  }

  void unverified() {
    auto const& all = planned_.journey.unverified;
    if (all.empty()) return;
    out_ += "\n" + painted("1", "Not looked at") + "\n";
    for (auto const& each : all) {
      put(2, "– ", base::printable(each.object + ": " + each.why));
      if (!each.tell.empty()) put(4, "→ ", base::printable(each.tell));
    }
  }

  Planned const& planned_;
  Look look_;
  std::size_t width_;
  std::string out_;
};

}  // namespace

std::string journey_table(Planned const& planned, Look look) { return JourneyTable(planned, look).text(); }

}  // namespace render
