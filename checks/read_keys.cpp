#include "checks/read_knowledge.h"

namespace checks::reading {
namespace {

using base::Json;

std::string add_key(Json const& entry, state::Knowledge& known) {
  known.keys.push_back({.from = entry["from"].str(),
                        .to = entry["to"].str(),
                        .ignored_since = entry["ignored"].str(),
                        .ignored_until = entry["ignored_until"].str(),
                        .refused_since = entry["refused"].str(),
                        .renamed_since = entry["renamed"].str(),
                        .present_until = entry["present_until"].str(),
                        .note = entry["note"].str(),
                        .empty_passes = entry["empty_passes"].bool_or(false)});
  if (known.keys.back().from.empty()) return "it has no \"from\"";
  if (!is_version(entry["ignored"]) && !is_version(entry["refused"]))
    return "no version ignores it, and none refuses it";
  for (auto const* word : {"ignored", "ignored_until", "refused", "renamed", "present_until"})
    if (!may_be_version(entry[word])) return "\"" + std::string(word) + "\" is no version";
  return "";
}

}  // namespace

std::string keys(Json const& file, state::Knowledge& known) {
  return each(file, "keys", [&](auto const& entry) { return add_key(entry, known); });
}

}  // namespace checks::reading
