#include "render/plan.h"

#include <algorithm>

#include "base/text.h"
#include "render/layout.h"

namespace render {
namespace {

using base::Json;

class PlanTable {
 public:
  PlanTable(state::Request const& request, Look look)
      : request_(request), look_(look), width_(static_cast<std::size_t>(std::clamp(look.width, 60, 120))) {}

  std::string text(actions::Plan const& plan) {
    out_ = painted("1", "Plan") + "\n";
    for (std::size_t i = 0; i < plan.size(); ++i) step(plan[i], i + 1, plan.size() > 9 ? 2 : 1);
    return std::move(out_);
  }

 private:
  std::string painted(char const* colour, std::string const& text) const {
    return look_.colour ? "\x1b[" + std::string(colour) + "m" + text + "\x1b[0m" : text;
  }

  void put(std::size_t indent, std::string const& text) {
    auto const lines = wrapped(base::printable(text), width_ - indent);
    out_ += std::string(indent, ' ') + hanging(lines, indent) + "\n";
  }

  void step(actions::Step const& step, std::size_t number, std::size_t digits) {
    auto const count = std::to_string(number);
    auto const indent = 2 + digits + 2;
    auto const label = std::string(2 + digits - count.size(), ' ') + count + ". ";
    out_ += label + painted("1", base::printable(step.name)) + "\n";
    put(indent, (step.why.empty() ? "" : raised(step.why) + ". ") + step.what);
    if (!step.cost.empty()) put(indent, "Note: " + lowered(step.cost));
    if (!step.undo.empty()) put(indent, "If a later step fails: " + lowered(step.undo));
    // A command stays on one line, so that it can be copied.
    for (auto const& command : step.by_hand)
      out_ += std::string(indent, ' ') + painted("36", base::printable(base::shell_quoted(report::words(command, request_)))) + "\n";
  }

  static std::string lowered(std::string text) {
    bool const ours = text.size() > 1 && text[0] >= 'A' && text[0] <= 'Z' && !text.starts_with("Helm");
    if (ours) text[0] = static_cast<char>(text[0] - 'A' + 'a');
    return text;
  }
  static std::string raised(std::string text) {
    if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
    return text;
  }

  state::Request const& request_;
  Look look_;
  std::size_t width_;
  std::string out_;
};

}  // namespace

std::string plan_table(actions::Plan const& plan, state::Request const& request, Look look) {
  return PlanTable(request, look).text(plan);
}

base::Json plan_json(actions::Plan const& plan, state::Request const& request) {
  Json steps(Json::Array{});
  for (auto const& step : plan) {
    Json commands(Json::Array{});
    for (auto const& command : step.by_hand) {
      Json argv(Json::Array{});
      for (auto const& word : report::words(command, request)) argv.add(word);
      commands.add(std::move(argv));
    }
    Json const text = Json::Object{{"name", step.name}, {"why", step.why},   {"what", step.what},
                                   {"cost", step.cost}, {"undo", step.undo}, {"commands", std::move(commands)}};
    steps.add(text);
  }
  return Json::Object{{"format", "helm-coder-plan/1"}, {"release", request.release}, {"namespace", request.name_space}, {"steps", std::move(steps)}};
}

}  // namespace render
