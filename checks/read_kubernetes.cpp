#include "checks/read_knowledge.h"

namespace checks::reading {
namespace {

using base::Json;

std::string add_range(Json const& entry, bool required, state::Knowledge& known) {
  if (!is_version(entry["since"]) || !may_be_version(entry["until"])) return "\"since\" or \"until\" is no version";
  for (auto const* end : {"at_least", "at_most"})
    if (!may_be_version(entry[end])) return "\"" + std::string(end) + "\" is no version";
  if (entry["at_least"].is_null() && entry["at_most"].is_null()) return "it has neither \"at_least\" nor \"at_most\"";
  if (required && entry["why"].str().empty()) return "it has no \"why\"";
  known.kubernetes.push_back({.since = entry["since"].str(),
                              .until = entry["until"].str(),
                              .at_least = entry["at_least"].str(),
                              .at_most = entry["at_most"].str(),
                              .required = required,
                              .why = entry["why"].str()});
  return "";
}

}  // namespace

std::string kubernetes(Json const& file, state::Knowledge& known) {
  auto const add = [&](bool required) {
    return [&known, required](auto const& entry) { return add_range(entry, required, known); };
  };
  auto wrong = each(file, "supported", add(false));
  return wrong.empty() ? each(file, "required", add(true)) : wrong;
}

}  // namespace checks::reading
