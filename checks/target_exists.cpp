#include <algorithm>
#include <optional>

#include "base/semver.h"
#include "checks/check.h"

namespace checks {
namespace {

// Whether a version of the index is what was asked: all of it ("1.21.7"), or a release line ("1.21").
bool answers(base::Version const& version, std::string const& asked) {
  auto const wanted = base::parse_version(asked);
  if (!wanted) return false;
  bool const line = std::count(asked.begin(), asked.end(), '.') < 2;
  return line ? base::release_line(version) == base::release_line(*wanted) && version.pre.empty() : version == *wanted;
}

std::vector<base::Version> versions_in(state::Repository const& repository) {
  std::vector<base::Version> versions;
  for (auto const& text : repository.versions)
    if (auto const version = base::parse_version(text)) versions.push_back(*version);
  return versions;
}

// ": the newest of 1.21 is 1.21.7", if there is one.
std::string nearest(std::vector<base::Version> const& versions, base::Version const& wanted) {
  std::optional<base::Version> best;
  for (auto const& version : versions)
    if (version.pre.empty() && base::release_line(version) == base::release_line(wanted) && (!best || version > *best))
      best = version;
  return best ? "; its newest of " + base::release_line(wanted) + " is " + base::to_text(*best) : "";
}

Outcome not_there(state::Repository const& repository, state::Request const& request, state::Knowledge const& known) {
  constexpr std::int64_t hour = 60 * 60;
  auto const wanted = base::parse_version(request.version);
  bool const released = wanted && known_release(known, *wanted);
  auto message = "the index of repository " + repository.name + " has no " + request.chart + " " + request.version;
  if (wanted) message += nearest(versions_in(repository), *wanted);
  Command const update{{"helm", "repo", "update", repository.name}};
  Command const search{{"helm", "search", "repo", request.chart, "--versions"}};
  return {.findings = {{request.chart, "", message, released || repository.index_age > hour ? update : search}}};
}

Outcome test(state::Request const& request, state::Seen<state::Target> const& target,
             state::Seen<state::Repository> const& repository, state::Knowledge const& known) {
  if (state::seen(target)) return {};
  auto const& unknown = std::get<state::Unknown>(target);
  auto const* index = state::seen(repository);
  if (!index || !index->needed || !index->added || index->index_age < 0)
    return {.unverified = {{request.chart, unknown.why, unknown.tell}}};
  auto const versions = versions_in(*index);
  bool const any = request.version.empty() ? !versions.empty()
                                           : std::any_of(versions.begin(), versions.end(), [&](auto const& version) {
                                               return answers(version, request.version);
                                             });
  // It is listed, and still it could not be fetched.
  if (any) return {.unverified = {{request.chart, unknown.why, unknown.tell}}};
  return not_there(*index, request, known);
}

std::string detail(state::State const& state) {
  auto const* target = state::seen(state.target);
  return target ? target->version : "";
}

}  // namespace

extern Check const target_exists;
Check const target_exists{.code = "HC106",
                          .name = "target-exists",
                          .severity = Severity::error,
                          .summary = "the target version exists",
                          .page =
#include "target_exists.md.inc"
                          ,
                          .run = on<test>,
                          .detail = detail};

}  // namespace checks
