#include "report/subject.h"

#include <algorithm>

namespace report {
namespace {

constexpr std::string_view upgrade_words[] = {"helm", "coder", "upgrade"};

std::string installed_version(state::Release const& release) {
  auto const is_base = [&](state::Revision const& revision) { return revision.number == release.base; };
  auto const found = std::find_if(release.revisions.begin(), release.revisions.end(), is_base);
  return found == release.revisions.end() ? "" : found->chart_version;
}

// The flags of `helm coder upgrade FLAGS…`; nothing for anything else.
std::optional<std::vector<std::string>> upgrade_flags(Remedy const& remedy) {
  auto const* command = std::get_if<Command>(&remedy);
  if (!command || command->argv.size() < 3 || !std::equal(command->argv.begin(), command->argv.begin() + 3, upgrade_words))
    return {};
  return std::vector<std::string>(command->argv.begin() + 3, command->argv.end());
}

// Adds FLAG VALUE pairs that are not there yet.
bool add_pairs(std::vector<std::string>& all, std::vector<std::string> const& more) {
  if (more.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < more.size(); i += 2) {
    bool known = false;
    for (std::size_t j = 0; j < all.size(); j += 2) known = known || (all[j] == more[i] && all[j + 1] == more[i + 1]);
    if (!known) all.insert(all.end(), {more[i], more[i + 1]});
  }
  return true;
}

}  // namespace

Subject subject_of(state::State const& state) {
  Subject subject{.release = state.request.release, .name_space = state.request.name_space, .to = state.request.version};
  if (auto const* release = state::seen(state.release)) subject.from = installed_version(*release);
  if (auto const* target = state::seen(state.target)) subject.to = target->version;
  if (auto const* helm = state::seen(state.helm)) subject.helm = helm->version;
  if (auto const* cluster = state::seen(state.cluster)) subject.kubernetes = cluster->version;
  if (auto const* rehearsal = state::seen(state.rehearsal))
    subject.rehearsed = {.requests = rehearsal->writes.size(), .seconds = rehearsal->seconds};
  return subject;
}

std::optional<Command> together(Report const& report) {
  std::vector<std::string> flags;
  for (auto const& line : report.lines) {
    if (line.result != Result::error) continue;
    for (auto const& finding : line.outcome.findings) {
      auto const more = upgrade_flags(finding.remedy);
      if (!more || !add_pairs(flags, *more)) return {};
    }
  }
  if (flags.empty()) return {};
  flags.insert(flags.begin(), "upgrade");
  return helm_coder(std::move(flags));
}

}  // namespace report
