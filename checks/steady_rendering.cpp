#include "base/text.h"
#include "checks/common.h"

namespace checks {
namespace {

std::string message(state::Unsteady const& each) {
  auto const what = each.fields.empty() ? "it has another name each time the chart is rendered, or is not always there"
                                        : "differs each time the chart is rendered";
  return std::string(each.hook ? "a hook: " : "") + what +
         "; what was rehearsed is not byte for byte what will be applied" +
         (each.restarts ? ", and its pods restart at each upgrade" : "");
}

Advice advice(state::Unsteady const& each) {
  if (each.creates && !each.fields.empty())
    return {"The upgrade creates it; if a later rendering differs too, give the value in your values, where the chart takes it from there."};
  return {"Give the value in your values, if the chart takes it from there; else it changes with every upgrade."};
}

Outcome test(state::Rehearsal const& rehearsal, state::Request const& request) {
  Outcome out;
  auto const& again = rehearsal.rerendering;
  for (auto const& each : again.unsteady) {
    auto fields = each.fields;
    if (each.more > 0) fields.push_back("and " + std::to_string(each.more) + " more");
    out.findings.push_back({name_of(each.object, request), base::join(fields, ", "), message(each), advice(each)});
  }
  bool const seen = saw_everything(rehearsal);
  if (seen && !again.compared)
    out.unverified.push_back({"", again.why_not.empty() ? "the chart was rendered once only" : again.why_not, ""});
  note_unreached(rehearsal, seen, out);
  return out;
}

}  // namespace

extern Check const steady_rendering;
Check const steady_rendering{.code = "HC329",
                             .name = "steady-rendering",
                             .severity = Severity::warning,
                             .summary = "the chart renders the same each time",
                             .page =
#include "steady_rendering.md.inc"
                             ,
                             .run = on<test>};

}  // namespace checks
