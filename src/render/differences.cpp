#include "render/differences.h"

#include <algorithm>

#include "base/text.h"
#include "render/layout.h"
#include "state/names.h"

namespace render {
namespace {

using report::Change;

constexpr char const* bold = "1";
constexpr char const* red = "31";
constexpr char const* green = "32";
constexpr char const* yellow = "33";
constexpr char const* cyan = "36";
constexpr char const* faint = "2";

// Text from outside is made printable where it enters a line; what is put around it is ours.
class Differences {
 public:
  Differences(report::Effects const& effects, state::Request const& request, Look look)
      : effects_(effects), request_(request), look_(look), width_(static_cast<std::size_t>(std::max(look.width, 60))) {}

  std::string text() {
    out_ = "\n" + painted(bold, "What changes in the cluster") + "\n";
    for (auto const& object : effects_.objects)
      if (object.change != Change::unchanged) block(object);
    summary();
    return std::move(out_);
  }

 private:
  std::string painted(char const* colour, std::string const& text) const {
    return look_.colour ? "\x1b[" + std::string(colour) + "m" + text + "\x1b[0m" : text;
  }

  void put(std::string const& text) { out_ += text + "\n"; }

  void block(report::ObjectChange const& object) {
    auto const name = base::printable(state::to_text(object.object, request_.name_space) + "   " + object.api_version);
    bool const is_line = object.change == Change::made || object.change == Change::deleted;
    if (!is_line || !after_line_) out_ += "\n";  // what takes one line each stands together
    after_line_ = is_line;
    switch (object.change) {
      case Change::made: return put(painted(green, "+ " + name + "   new"));
      case Change::deleted: return put(painted(red, "- " + name + "   deleted"));
      case Change::unknown: put(painted(cyan, "? " + name)); return note("not known: " + object.why);
      case Change::changed:
      case Change::unchanged: break;
    }
    put(painted(bold, "~ " + name));
    for (auto const& field : object.changes.fields) difference(field);
    if (object.changes.more > 0) note("and " + base::count_of(static_cast<std::size_t>(object.changes.more), "more difference"));
    if (!object.changes.unsure.empty()) note("not certain: " + object.changes.unsure);
  }

  void note(std::string const& text) {
    put(painted(faint, "    " + hanging(wrapped(base::printable(text), std::min<std::size_t>(width_, 120) - 4), 4)));
  }

  // The values beside their path, and under it where they would not fit or have several lines.
  void difference(state::Difference const& field) {
    auto path = base::printable(field.path);
    bool const masked = field.before == state::hidden && field.after == state::hidden;
    if (masked && field.line == 0) return put("    " + painted(yellow, "~ " + path + ": (hidden), changed"));
    auto const widest = std::max(columns_of(field.before), columns_of(field.after));
    bool const fits = 4 + 2 + columns_of(path) + 2 + widest <= width_;
    if (field.line == 0 && (fits || field.before.empty() || field.after.empty())) {
      side("- " + path + ": ", red, field.before);
      side("+ " + path + ": ", green, field.after);
      return;
    }
    if (field.line > 0) path += ", line " + std::to_string(field.line);
    put("    " + painted(cyan, "@ " + path));
    side("  - ", red, field.before);
    side("  + ", green, field.after);
  }

  void side(std::string const& start, char const* colour, std::string const& text) {
    if (text.empty()) return;
    for (auto const& line : base::split(text, '\n')) put("    " + painted(colour, start + base::printable(line)));
  }

  // "12 objects change, 2 are new, 1 is deleted".
  void summary() {
    auto const is_or_are = [](std::size_t count) { return std::to_string(count) + (count == 1 ? " is " : " are "); };
    auto const changed = count_of(effects_, Change::changed), made = count_of(effects_, Change::made),
               deleted = count_of(effects_, Change::deleted), unchanged = count_of(effects_, Change::unchanged),
               unknown = count_of(effects_, Change::unknown);
    auto line = changed == 0 ? std::string("no object changes") : base::count_of(changed, "object") + (changed == 1 ? " changes" : " change");
    if (made > 0) line += ", " + is_or_are(made) + "new";
    if (deleted > 0) line += ", " + is_or_are(deleted) + "deleted";
    if (unchanged > 0) line += ", " + std::to_string(unchanged) + (unchanged == 1 ? " stays as it is" : " stay as they are");
    if (unknown > 0) line += ", " + is_or_are(unknown) + "not known";
    line[0] = line[0] == 'n' ? 'N' : line[0];
    put("\n" + painted(bold, line));
    if (!effects_.complete) put("The rehearsal did not come to the end: there may be more.");
  }

  report::Effects const& effects_;
  state::Request const& request_;
  Look look_;
  std::size_t width_;
  bool after_line_ = false;
  std::string out_;
};

}  // namespace

std::string differences(report::Effects const& effects, state::Request const& request, Look look) {
  return Differences(effects, request, look).text();
}

}  // namespace render
