#include "clients/helm.h"

#include <cstdlib>

#include "base/semver.h"
#include "base/text.h"

namespace clients {
namespace {

// The text from the last line that starts so, that word left off.
std::string_view after_last(std::string_view text, std::string_view word) {
  for (auto at = text.rfind(word); at != std::string_view::npos && at > 0; at = text.rfind(word, at - 1))
    if (text[at - 1] == '\n') return text.substr(at + word.size());
  return text.starts_with(word) ? text.substr(word.size()) : std::string_view();
}

std::string_view last_line(std::string_view text) {
  text = base::trim(text);
  auto const start = text.rfind('\n');
  return start == std::string_view::npos ? text : text.substr(start + 1);
}

std::string said(Ended const& ended) {
  for (std::string_view word : {"Error: ", "error: "}) {
    auto text = after_last(ended.err, word);
    // An error may have more lines; a blank one separates it from advice on usage.
    if (text = base::trim(text.substr(0, text.find("\n\n"))); !text.empty()) return base::printable(text, false);
  }
  auto const line = last_line(ended.err);
  return base::printable(line.empty() ? last_line(ended.out) : line);
}

}  // namespace

std::optional<Helm> Helm::find(std::string* why) {
  char const* given = std::getenv("HELM_BIN");
  std::string const name = given && *given ? given : "helm";
  auto path = find_program(name);
  // An outer Helm that was started by a name relative to another folder.
  if (!path && name.find('/') != std::string::npos) path = find_program("helm");
  if (path) return Helm(std::move(*path));
  if (why) *why = "no such program: " + name;
  return {};
}

Spawn Helm::command(std::vector<std::string> arguments) const {
  Spawn spawn;
  spawn.argv = std::move(arguments);
  spawn.argv.insert(spawn.argv.begin(), path_);
  // Plug-ins cost 60 ms and may print; debug lines would mix with what we parse.
  spawn.set = {{"HELM_NO_PLUGINS", "1"}, {"HELM_DEBUG", "false"}};
  return spawn;
}

Ended Helm::run(std::vector<std::string> arguments, std::chrono::milliseconds limit) const {
  auto spawn = command(std::move(arguments));
  spawn.limit = limit;
  return clients::run(spawn);
}

std::optional<std::string> Helm::version(std::string* why) const {
  auto const ended = run({"version", "--template", "{{.Version}}"}, std::chrono::seconds(20));
  auto const version = ended.ok() ? base::parse_version(base::trim(ended.out)) : std::nullopt;
  if (version) return base::to_text(*version);
  if (why) *why = ended.ok() ? "`helm version` printed no version" : "`helm version` failed: " + error_of(ended);
  return {};
}

namespace {

std::string folder_of_helm(char const* helm, char const* xdg, char const* below_home) {
  auto const variable = [](char const* name) { return std::string(std::getenv(name) ? std::getenv(name) : ""); };
  if (auto const given = variable(helm); !given.empty()) return given;
  if (auto const all = variable(xdg); !all.empty()) return all + "/helm";
  auto const home = variable("HOME");
  return home.empty() ? home : home + below_home;
}

}  // namespace

std::string helm_cache_home() { return folder_of_helm("HELM_CACHE_HOME", "XDG_CACHE_HOME", "/.cache/helm"); }
std::string helm_data_home() { return folder_of_helm("HELM_DATA_HOME", "XDG_DATA_HOME", "/.local/share/helm"); }

std::optional<std::string> Helm::name_space() const {
  auto const ended = run({"env", "HELM_NAMESPACE"}, std::chrono::seconds(20));
  std::string name(base::trim(ended.out));
  if (!ended.ok() || name.empty()) return {};
  return name;
}

std::string error_of(Ended const& ended) {
  switch (ended.how) {
    case Ended::How::not_started:
      return ended.reason;
    case Ended::How::timed_out:
      return "it did not end in time";
    case Ended::How::too_much_output:
      return "it printed too much";
    case Ended::How::interrupted:
      return "interrupted";
    case Ended::How::signalled:
      return "it was killed by signal " + std::to_string(ended.code);
    case Ended::How::exited:
      break;
  }
  auto const text = said(ended);
  return text.empty() ? "it ended with code " + std::to_string(ended.code) + " and said nothing" : text;
}

}  // namespace clients
