#include "checks/check.h"

namespace checks {
namespace {

// Where the chart can be had, if it is one of Coder's.
Remedy how_to_add(state::Repository const& repository, state::Request const& request, state::Knowledge const& known) {
  auto const chart = request.chart.substr(request.chart.find('/') + 1);
  if ((chart == "coder" || chart == "workspace-provider") && !repository.name.empty() && !known.repository.empty())
    return Command{{"helm", "repo", "add", repository.name, known.repository}};
  return Advice{"Add the repository with `helm repo add NAME URL`, or name the chart as it is called on this machine."};
}

Outcome test(state::Repository const& repository, state::Request const& request, state::Knowledge const& known) {
  if (!repository.needed || repository.added) return {};
  return {.findings = {{"repository " + repository.name, "",
                        "Helm has no repository of this name, so it can't find " + request.chart,
                        how_to_add(repository, request, known)}}};
}

std::string detail(state::State const& state) {
  auto const* repository = state::seen(state.repository);
  return repository && repository->needed ? repository->name : "";
}

}  // namespace

extern Check const repository_added;
Check const repository_added{.code = "HC104",
                             .name = "repository-added",
                             .severity = Severity::error,
                             .summary = "Helm knows the chart's repository",
                             .page =
#include "repository_added.md.inc"
                             ,
                             .run = on<test>,
                             .detail = detail};

}  // namespace checks
