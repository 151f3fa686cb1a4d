#include "base/text.h"
#include "checks/check.h"

namespace checks {
namespace {

Finding found_elsewhere(state::Release const& release, state::Request const& request) {
  auto const object = "release " + release.name;
  auto const message = "there is none in namespace " + release.name_space + ", but one in ";
  if (release.elsewhere.size() != 1) {
    return {object, "", message + base::join(release.elsewhere, ", "),
            Advice{"Say which one you mean with -n NAMESPACE."}};
  }
  std::vector<std::string> words{"preflight", "-n", release.elsewhere.front()};
  if (!request.version.empty()) words.insert(words.end(), {"--version", request.version});
  return {object, "", message + release.elsewhere.front(), helm_coder(words)};
}

Outcome test(state::Release const& release, state::Request const& request) {
  if (!release.revisions.empty()) return {};
  if (!release.elsewhere.empty()) return {.findings = {found_elsewhere(release, request)}};
  if (request.install) return {};
  return {.findings = {{"release " + release.name, "", "there is none in namespace " + release.name_space,
                        Command{{"helm", "list", "-A"}}}}};
}

std::string detail(state::State const& state) {
  auto const* release = state::seen(state.release);
  if (!release || release->revisions.empty()) return "";
  auto const& last = release->revisions.back();
  return "revision " + std::to_string(last.number) + ", " + last.status;
}

}  // namespace

extern Check const release_exists;
Check const release_exists{.code = "HC201",
                           .name = "release-exists",
                           .severity = Severity::error,
                           .summary = "the release exists",
                           .page =
#include "release_exists.md.inc"
                           ,
                           .run = on<test>,
                           .detail = detail};

}  // namespace checks
