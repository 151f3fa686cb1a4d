#include "checks/read_knowledge.h"

namespace checks::reading {

std::string providers(base::Json const& file, state::Knowledge& known) {
  auto& to = known.providers;
  auto wrong = each(file, "api", [&](base::Json const& entry) -> std::string {
    to.api_until = entry["until"].str();
    return is_version(entry["until"]) ? "" : "\"until\" is no version";
  });
  if (wrong.empty()) wrong = each(file, "networking_v2", [&](base::Json const& entry) -> std::string {
    to.v2_since = entry["since"].str(), to.v2_required = entry["required"].str();
    return is_version(entry["since"]) && is_version(entry["required"]) ? "" : "\"since\" or \"required\" is no version";
  });
  if (wrong.empty()) wrong = each(file, "chart", [&](base::Json const& entry) -> std::string {
    to.chart = entry["name"].str(), to.chart_until = entry["until"].str(), to.chart_keeps_since = entry["keeps_since"].str();
    if (to.chart.empty()) return "it has no \"name\"";
    return is_version(entry["until"]) && is_version(entry["keeps_since"]) ? "" : "\"until\" or \"keeps_since\" is no version";
  });
  return wrong;
}

}  // namespace checks::reading
