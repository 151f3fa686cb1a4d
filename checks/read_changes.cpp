#include <algorithm>

#include "base/duration.h"
#include "checks/read_knowledge.h"

namespace checks::reading {
namespace {

using base::Json;
using Kind = state::Clause::Kind;

struct Word {
  std::string_view word;
  Kind kind;
};
constexpr Word words[] = {{"set", Kind::set},
                          {"unset", Kind::unset},
                          {"is_true", Kind::is_true},
                          {"not_true", Kind::not_true},
                          {"is_false", Kind::is_false},
                          {"service", Kind::service},
                          {"no_service", Kind::no_service},
                          {"built_in_database", Kind::built_in_database},
                          {"own_database", Kind::own_database},
                          {"other_providers", Kind::other_providers},
                          {"built_in_has_v2", Kind::built_in_has_v2},
                          {"others_have_v2", Kind::others_have_v2},
                          {"providers_on", Kind::providers_on},
                          {"no_provider_releases", Kind::no_provider_releases}};
constexpr Kind nameless[] = {Kind::built_in_database, Kind::own_database,   Kind::other_providers,
                             Kind::built_in_has_v2,   Kind::others_have_v2, Kind::no_provider_releases};

// `{service: ingress-nginx}`. What is about the database or the providers takes no name but true.
std::string add_clause(Json const& clause, std::vector<state::Clause>& clauses) {
  auto const& members = clause.members();
  if (members.size() != 1) return "a condition under \"if\" is not one word with its name";
  auto const& [word, name] = members.front();
  auto const* found = std::find_if(std::begin(words), std::end(words), [&](auto const& each) { return each.word == word; });
  if (found == std::end(words)) return "\"if\" knows no \"" + word + "\"";
  bool const no_name = std::find(std::begin(nameless), std::end(nameless), found->kind) != std::end(nameless);
  if (no_name ? !name.bool_or(false) : name.str().empty()) return "\"" + word + "\" under \"if\" lacks its name";
  clauses.push_back({found->kind, name.str()});
  return "";
}

std::string add_value(Json const& value, state::KnownChange& change) {
  if (value["key"].str().empty() || !value.has("value")) return "a value under \"values\" lacks its key or what it is";
  change.values.push_back({value["key"].str(), base::to_text(value["value"]), value["like"].str()});
  return "";
}

std::optional<state::Moment> moment_of(Json const& entry) {
  if (entry["moment"].is_null()) return state::Moment::with;
  if (entry["moment"].str() == "before") return state::Moment::before;
  if (entry["moment"].str() == "after") return state::Moment::after;
  return {};
}

std::string add_change(Json const& entry, bool step, state::Knowledge& known) {
  auto const moment = moment_of(entry);
  if (!is_version(entry["version"]) || !may_be_version(entry["until"])) return "\"version\" or \"until\" is no version";
  if (!moment || step == (*moment == state::Moment::with)) return step ? "\"moment\" is neither before nor after" : "it has a moment";
  if (!entry["text"].str().ends_with('.')) return "\"text\" is no sentence with a period";
  if (!step && entry["about"].str().empty()) return "it does not say what it is about";
  state::KnownChange change{.version = entry["version"].str(),
                            .until = entry["until"].str(),
                            .each_time = entry["each_time"].bool_or(false),
                            .moment = *moment,
                            .about = entry["about"].str(),
                            .text = entry["text"].str(),
                            .advice = entry["advice"].str(),
                            .command = entry["command"].str(),
                            .file = entry["file"].str(),
                            .timeout = entry["timeout"].str(),
                            .only_if = entry["only_if"].str(),
                            .unless = entry["unless"].str(),
                            .then = entry["then"].str(),
                            .source = entry["source"].str()};
  if (!change.timeout.empty() && !base::parse_duration(change.timeout)) return "\"timeout\" is no duration";
  for (auto const& clause : entry["if"].items())
    if (auto wrong = add_clause(clause, change.clauses); !wrong.empty()) return wrong;
  for (auto const& value : entry["values"].items())
    if (auto wrong = add_value(value, change); !wrong.empty()) return wrong;
  for (auto const& key : entry["idle"].items()) change.idle.push_back(key.str());
  for (auto const& clause : entry["done_if"].items())
    if (auto wrong = add_clause(clause, change.done_if); !wrong.empty()) return wrong;
  known.changes.push_back(std::move(change));
  return "";
}

std::string add_stop(Json const& entry, state::Knowledge& known) {
  auto const line = std::find_if(known.lines.begin(), known.lines.end(),
                                 [&](auto const& each) { return each.line == entry["line"].str(); });
  if (line == known.lines.end()) return "line " + base::to_text(entry["line"]) + " is not among the releases";
  line->why_stop = entry["why"].str();
  return line->why_stop.empty() ? "it has no \"why\"" : "";
}

}  // namespace

std::string stops(Json const& file, state::Knowledge& known) {
  auto wrong = each(file, "stops", [&](auto const& entry) { return add_stop(entry, known); });
  return wrong.empty() ? each(file, "steps", [&](auto const& entry) { return add_change(entry, true, known); }) : wrong;
}

std::string changes(Json const& file, state::Knowledge& known) {
  return each(file, "changes", [&](auto const& entry) { return add_change(entry, false, known); });
}

}  // namespace checks::reading
