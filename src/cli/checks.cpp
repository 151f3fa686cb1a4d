#include "checks/check.h"

#include <algorithm>
#include <string>

#include "base/json.h"
#include "cli/commands.h"
#include "render/layout.h"
#include "render/yaml.h"

namespace cli {
namespace {

using base::Json;

char const* word_of(checks::Severity severity) { return severity == checks::Severity::error ? "error" : "warning"; }

std::string table() {
  std::string text, category;
  std::size_t widest = 0;
  for (auto const* check : checks::all()) widest = std::max(widest, check->name.size());
  for (auto const* check : checks::all()) {
    std::string const its(report::category_of(check->code));
    if (its != category) text += (text.empty() ? "" : "\n") + its + "\n";
    category = its;
    text += "  " + std::string(check->code) + "  " + render::padded(word_of(check->severity), 7) + "  " +
            render::padded(check->name, widest) + "  " + std::string(check->summary) + "\n";
  }
  return text + "\nhelm coder explain CODE tells more about one\n";
}

base::Json json() {
  Json::Array all;
  for (auto const* check : checks::all())
    all.push_back(Json::Object{{"code", check->code}, {"name", check->name}, {"category", report::category_of(check->code)},
                               {"severity", word_of(check->severity)}, {"summary", check->summary},
                               {"mayBeIgnored", check->may_be_ignored}});
  return Json::Object{{"format", "helm-coder-checks/1"}, {"version", HELM_CODER_VERSION}, {"checks", std::move(all)}};
}

}  // namespace

int run(ChecksOptions const& options) {
  if (options.format == Format::table) print(table());
  else print(options.format == Format::yaml ? render::yaml(json()) : base::to_pretty_text(json()));
  return report::fine;
}

}  // namespace cli
