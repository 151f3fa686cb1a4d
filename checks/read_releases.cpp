#include <algorithm>

#include "checks/read_knowledge.h"

namespace checks::reading {
namespace {

using base::Json;

constexpr std::int64_t most_patches = 1000;

bool is_day(std::string const& text) {
  constexpr std::string_view shape = "0000-00-00";
  return std::equal(text.begin(), text.end(), shape.begin(), shape.end(),
                    [](char c, char s) { return s == '-' ? c == '-' : c >= '0' && c <= '9'; });
}

std::string add_line(Json const& entry, state::Knowledge& known) {
  auto const line = base::parse_version(entry["line"].str());
  auto const last = entry["last"].int_or(-1);
  if (!line || last < 0 || last > most_patches) return "it has no line, or no newest patch";
  auto const name = base::release_line(*line);
  auto const& before = known.lines;
  if (!before.empty() && base::parse_version(before.back().line) >= line) return "line " + name + " does not ascend";
  auto const& released = entry["released"];
  if (!released.is_null() && !is_day(released.str())) return "\"released\" is no day such as 2021-07-21";
  known.lines.push_back({.line = name, .released = released.str()});
  for (std::int64_t patch = 0; patch <= last; ++patch)
    known.releases.push_back({.version = name + "." + std::to_string(patch)});
  return "";
}

std::string add_flaw(Json const& entry, state::Knowledge& known) {
  if (entry["versions"].items().empty() || entry["symptom"].str().empty() || !is_version(entry["fixed"]))
    return "it lacks its versions, its symptom or the fixed version";
  for (auto const& version : entry["versions"].items()) {
    auto& all = known.releases;
    auto const flawed = std::find_if(all.begin(), all.end(), [&](auto const& r) { return r.version == version.str(); });
    if (flawed == all.end()) return "version " + base::to_text(version) + " is in no line";
    flawed->withdrawn = entry["withdrawn"].bool_or(false);
    flawed->fatal = entry["fatal"].bool_or(false);
    flawed->symptom = entry["symptom"].str();
    flawed->fixed_in = entry["fixed"].str();
    flawed->only_with = entry["only_with"].str();
  }
  return "";
}

}  // namespace

std::string releases(Json const& file, state::Knowledge& known) {
  known.repository = file["repository"].str();
  known.images = file["images"].str();
  auto wrong = each(file, "lines", [&](auto const& entry) { return add_line(entry, known); });
  return wrong.empty() ? each(file, "flaws", [&](auto const& entry) { return add_flaw(entry, known); }) : wrong;
}

}  // namespace checks::reading
