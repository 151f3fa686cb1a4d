#include "journey/conditions.h"

#include <algorithm>

#include "checks/knowledge.h"

namespace journey {
namespace {

using Kind = state::Clause::Kind;

Truth truth(bool holds) { return holds ? Truth::yes : Truth::no; }

Truth negated(Truth truth) {
  if (truth == Truth::unknown) return truth;
  return truth == Truth::yes ? Truth::no : Truth::yes;
}

Truth is(std::string const& key, std::string_view json, Sight const& sight) {
  auto const* values = state::seen(sight.values);
  if (!values) return Truth::unknown;
  auto const at = values->set.find(key);
  return truth(at != values->set.end() && at->second == json);
}

Truth has_service(std::string const& name, Sight const& sight) {
  auto const* services = state::seen(sight.services);
  return services ? truth(services->contains(name)) : Truth::unknown;
}

// The old key wins where the chart still looks at it. The chart's own database is the default.
Truth has_built_in_database(Sight const& sight, state::Knowledge const& known) {
  auto const* values = state::seen(sight.values);
  if (!values) return Truth::unknown;
  for (auto const* key : {"postgres.useDefault", "postgres.default.enable"}) {
    auto const at = values->set.find(key);
    if (at == values->set.end() || at->second == "null") continue;
    auto const* entry = checks::renamed_key(known, key);
    if (!entry || checks::fate_of(*entry, key, at->second, sight.from) == checks::Fate::taken) return truth(!checks::is_empty_value(at->second));
  }
  return Truth::yes;
}

// Of the workspace providers: whether all (that are or are not built in) have Networking v2.
Truth have_v2(Sight const& sight, bool built_in) {
  auto const* coder = state::seen(sight.coder);
  auto const* providers = coder ? state::seen(coder->providers) : nullptr;
  if (!providers) return Truth::unknown;
  auto all = Truth::yes;
  bool any = false;
  for (auto const& provider : providers->all) {
    if (provider.built_in != built_in) continue;
    any = true;
    if (provider.networking_v2 == state::Told::no) return Truth::no;
    if (provider.networking_v2 == state::Told::not_said) all = Truth::unknown;
  }
  return any ? all : Truth::unknown;
}

// Other clusters may have some that only Coder tells of.
std::optional<std::size_t> other_providers(Sight const& sight) {
  auto const* coder = state::seen(sight.coder);
  auto const* providers = coder ? state::seen(coder->providers) : nullptr;
  if (!providers) return {};
  return static_cast<std::size_t>(std::count_if(providers->all.begin(), providers->all.end(), [](auto const& each) { return !each.built_in; }));
}

Truth are_on(Sight const& sight, std::string const& version) {
  auto const* family = state::seen(sight.family);
  if (!family) return Truth::unknown;
  for (auto const& each : family->providers)
    if (each.version != version) return Truth::no;
  return family->unsure.empty() && other_providers(sight) == family->providers.size() ? Truth::yes : Truth::unknown;
}

Truth has_no_provider_releases(Sight const& sight) {
  auto const* family = state::seen(sight.family);
  if (!family) return Truth::unknown;
  if (!family->providers.empty()) return Truth::no;
  return family->unsure.empty() && other_providers(sight) == 0 ? Truth::yes : Truth::unknown;
}

Truth holds(state::Clause const& clause, Sight const& sight, state::Knowledge const& known) {
  switch (clause.kind) {
    case Kind::set: return is_set(clause.name, sight);
    case Kind::unset: return negated(is_set(clause.name, sight));
    case Kind::is_true: return is(clause.name, "true", sight);
    case Kind::not_true: return negated(is(clause.name, "true", sight));
    case Kind::is_false: return is(clause.name, "false", sight);
    case Kind::service: return has_service(clause.name, sight);
    case Kind::no_service: return negated(has_service(clause.name, sight));
    case Kind::built_in_database: return has_built_in_database(sight, known);
    case Kind::own_database: return negated(has_built_in_database(sight, known));
    case Kind::other_providers: {
      auto const others = other_providers(sight);
      return others ? truth(*others > 0) : Truth::unknown;
    }
    case Kind::built_in_has_v2: return have_v2(sight, true);
    case Kind::others_have_v2: return have_v2(sight, false);
    case Kind::providers_on: return are_on(sight, clause.name);
    case Kind::no_provider_releases: return has_no_provider_releases(sight);
  }
  return Truth::unknown;
}

}  // namespace

Truth is_set(std::string const& key, Sight const& sight) {
  auto const* values = state::seen(sight.values);
  return values ? truth(checks::is_set(*values, key)) : Truth::unknown;
}

Truth hold(std::vector<state::Clause> const& clauses, Sight const& sight, state::Knowledge const& known) {
  auto all = Truth::yes;
  for (auto const& clause : clauses) {
    auto const one = holds(clause, sight, known);
    if (one == Truth::no) return Truth::no;
    if (one == Truth::unknown) all = Truth::unknown;
  }
  return all;
}

}  // namespace journey
