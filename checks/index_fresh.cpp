#include <algorithm>

#include "base/text.h"
#include "checks/check.h"

namespace checks {
namespace {

bool lists(state::Repository const& repository, std::string const& asked) {
  return std::find(repository.versions.begin(), repository.versions.end(), asked) != repository.versions.end();
}

Outcome test(state::Repository const& repository, state::Request const& request, state::Thresholds const& limits) {
  if (!repository.needed) return {};
  if (!repository.added)
    return {.unverified = {{"", "Helm has no repository " + repository.name, "helm coder explain HC104"}}};
  Command const update{{"helm", "repo", "update", repository.name}};
  auto const object = "repository " + repository.name;
  if (repository.index_age < 0)
    return {.findings = {{object, "", "its index was never fetched, so none of its versions are known here", update}}};
  // A version that the index has is known, however old the index is.
  if (repository.index_age <= limits.index_seconds || lists(repository, request.version)) return {};
  return {.findings = {{object, "",
                        "its index was fetched " + base::rough_duration(repository.index_age) +
                            " ago, and newer versions may be missing from it",
                        update}}};
}

std::string detail(state::State const& state) {
  auto const* repository = state::seen(state.repository);
  return repository && repository->index_age >= 0 ? "fetched " + base::rough_duration(repository->index_age) + " ago"
                                                  : "";
}

}  // namespace

extern Check const index_fresh;
Check const index_fresh{.code = "HC105",
                        .name = "index-fresh",
                        .severity = Severity::warning,
                        .summary = "the repository's index is fresh enough",
                        .page =
#include "index_fresh.md.inc"
                        ,
                        .run = on<test>,
                        .detail = detail};

}  // namespace checks
