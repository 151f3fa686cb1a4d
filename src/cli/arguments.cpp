#include "cli/arguments.h"

#include <algorithm>
#include <filesystem>
#include <stdexcept>

#include "base/duration.h"
#include "base/semver.h"
#include "base/text.h"
#include "checks/check.h"
#include "cli/parse.h"
#include "clients/web.h"
#include "extensions/extensions.h"

namespace cli {
namespace {

[[noreturn]] void refuse(std::string const& sentence) { throw std::invalid_argument(sentence); }

std::string quoted(std::string const& word) { return "\"" + base::printable(word) + "\""; }

// Kubernetes' names for objects: DNS names, and for RBAC also colons and a few more.
bool is_object_name(std::string_view name) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:_@";
  return !name.empty() && name.size() <= 253 && name.find_first_not_of(allowed) == std::string_view::npos;
}

}  // namespace

std::string did_you_mean(std::string_view word, std::vector<std::string> const& candidates) {
  std::string const* nearest = nullptr;
  auto least = std::max<std::size_t>(2, word.size() / 3) + 1;
  for (auto const& candidate : candidates) {
    // Half a word is as good a hint as a slip of the hand.
    auto const begins = word.size() >= 4 && candidate.starts_with(word);
    auto const distance = begins ? 1 : base::edit_distance(word, candidate);
    if (distance >= least || distance >= candidate.size()) continue;
    least = distance;
    nearest = &candidate;
  }
  return nearest ? " Did you mean " + *nearest + "?" : "";
}

bool switched_on(std::string const& flag, std::string const& word) {
  if (word == "true" || word == "1") return true;
  if (word != "false" && word != "0") refuse(flag + " is either true or false, not " + quoted(word));
  return false;
}

Format format(std::string const& word, std::vector<Format> const& others) {
  constexpr std::pair<Format, std::string_view> names[] = {{Format::brief, "short"}, {Format::json, "json"}, {Format::yaml, "yaml"},
                                                           {Format::junit, "junit"}, {Format::sarif, "sarif"}, {Format::html, "html"}};
  if (word.empty() || word == "table") return Format::table;
  std::string known = "table";
  for (auto const& [format, name] : names) {
    if (std::find(others.begin(), others.end(), format) == others.end()) continue;
    if (word == name) return format;
    known += (format == others.back() ? " and " : ", ") + std::string(name);
  }
  refuse(quoted(word) + " is no format that -o takes here; " + known + " are");
}

std::chrono::seconds waiting_time(std::string const& word) {
  for (auto const* helms : {"", "true", "false", "watcher", "hookOnly", "legacy"})
    if (word == helms) return std::chrono::seconds(0);
  auto const seconds = base::parse_duration(word);
  if (!seconds) refuse("--wait " + quoted(word) + " is no duration; write --wait 10m");
  return std::chrono::seconds(*seconds);
}

PlanFormat plan_format(std::string const& word) {
  if (word.empty() || word == "table") return PlanFormat::table;
  if (word == "json") return PlanFormat::json;
  if (word == "yaml") return PlanFormat::yaml;
  if (word == "markdown") return PlanFormat::markdown;
  refuse(quoted(word) + " is no format that -o takes; table, json, yaml and markdown are");
}

ValuesOptions::What values_action(std::string const& word) {
  if (word == "show") return ValuesOptions::What::show;
  if (word == "migrate") return ValuesOptions::What::migrate;
  if (word == "diff") return ValuesOptions::What::diff;
  if (word.empty()) refuse("say what to do with the values: values show, values migrate or values diff");
  refuse(quoted(word) + " is nothing to do with values; show, migrate and diff are");
}

int revision(std::string const& word) {
  auto const number = base::whole_number(word);
  if (!number || *number < 1 || *number > 1'000'000'000) refuse("--revision " + quoted(word) + " is no revision; helm history lists them");
  return static_cast<int>(*number);
}

std::string release_name(std::string const& word) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-.";
  if (word.empty() || word.size() > 53 || word.find_first_not_of(allowed) != std::string::npos)
    refuse(quoted(word) + " can't be the name of a release: at most 53 of a-z, 0-9, '-' and '.'");
  return word;
}

std::string name_space(std::string const& word) {
  constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789-";
  if (word.empty() || word.size() > 63 || word.find_first_not_of(allowed) != std::string::npos)
    refuse(quoted(word) + " can't be the name of a namespace: at most 63 of a-z, 0-9 and '-'");
  return word;
}

std::string wanted_version(std::string const& flag, std::string const& word) {
  if (!base::parse_version(word)) refuse(flag + " " + quoted(word) + " is no version; write 1.21.7, or 1.21 for its newest patch");
  return word.starts_with("v") ? word.substr(1) : word;
}

std::vector<std::string> objects(std::string const& flag, std::vector<std::string> const& words) {
  for (auto const& word : words) {
    auto const slash = word.find('/');
    auto const kind = std::string_view(word).substr(0, slash);
    bool const named = slash != std::string::npos && is_object_name(kind) && is_object_name(std::string_view(word).substr(slash + 1));
    if (word != "all" && !named) refuse(flag + " " + quoted(word) + " names no object; write KIND/NAME, such as Service/coderd, or all");
  }
  return words;
}

bool database_via(std::string const& word) {
  if (!word.empty() && word != "pod") refuse("--database-via " + quoted(word) + " is no way to the database that is known; write --database-via pod, or leave it out to go from here");
  return word == "pod";
}

std::string pod_image(std::string const& word) {
  bool const plain = std::all_of(word.begin(), word.end(), [](unsigned char c) { return c > ' ' && c < 127; });
  if (word.empty() || !plain || word.starts_with('-')) refuse("--database-pod-image " + quoted(word) + " is no image; write one as in REGISTRY/NAME:TAG");
  return word;
}

std::string database_snapshot(std::string const& word) {
  if (!word.empty() && word != "taken") refuse("--database-snapshot " + quoted(word) + " says nothing that is known; write --database-snapshot taken");
  return word;
}

std::string coder_url(std::string const& word) {
  if (!word.starts_with("https://") && !word.starts_with("http://"))
    refuse("--coder-url " + quoted(word) + " is no address of Coder; write https://coder.example.com");
  if (word.find_first_of("@?#") != std::string::npos || clients::origin_of(word).empty())
    refuse("--coder-url takes an address without a user, a password or a query: https://coder.example.com");
  auto const host = clients::host_of(word);
  bool const here = host == "localhost" || host == "[::1]" || host.starts_with("127.");
  if (word.starts_with("http://") && !here)
    refuse("--coder-url " + quoted(word) + " would send Coder's token unencrypted; write https://, or leave it out to go through the API server");
  return word.ends_with('/') ? word.substr(0, word.find_last_not_of('/') + 1) : word;
}

std::string database_url(std::string const& word) {
  auto const scheme = word.find("://");
  auto const start = scheme == std::string::npos ? 0 : scheme + 3;
  auto const authority = std::string_view(word).substr(start, word.find_first_of("/?#", start) - start);
  auto const at = authority.rfind('@');
  bool const in_authority = at != std::string_view::npos && authority.substr(0, at).find(':') != std::string_view::npos;
  if (in_authority || word.find("password=") != std::string::npos)
    refuse("--database-url must not hold a password, because others can read a program's arguments; "
           "put it into PGPASSFILE or PGPASSWORD, or the whole URL into HELM_CODER_DATABASE_URL");
  return word;
}

std::string no_such_check(std::string const& word) {
  std::vector<std::string> names;
  for (auto const* check : checks::all()) names.insert(names.end(), {std::string(check->code), std::string(check->name)});
  auto const hint = did_you_mean(word, names);
  return "there is no check " + quoted(word) + "." + (hint.empty() ? " helm coder checks lists them." : hint);
}

std::vector<report::Ignore> ignored(std::vector<std::string> const& flags, settings::Settings const& settings) {
  std::vector<report::Ignore> all;
  auto const add = [&](report::Ignore ignore, std::string const& where) {
    auto const* check = checks::find(ignore.check);
    if (!check && !extensions::is_code(ignore.check)) refuse(where + "can't ignore: " + no_such_check(ignore.check));
    if (check && !check->may_be_ignored)
      refuse(where + std::string(check->code) + " can't be ignored; helm coder explain " + std::string(check->code) + " tells why");
    all.push_back(std::move(ignore));
  };
  for (auto const& word : flags) add({.check = word}, "");
  for (auto const& [check, reason, until, file, line] : settings.ignored) {
    auto const place = file.empty() ? "" : ":" + std::to_string(line);
    add({.check = check, .reason = reason, .until = until, .place = std::filesystem::path(file).filename().string() + place},
        file.empty() ? "" : base::printable(file) + place + ": ");
  }
  return all;
}

void set_timeout(state::Request& request, std::string const& flag, settings::Settings const& settings) {
  auto const& word = flag.empty() ? settings.timeout : flag;
  if (word.empty()) return;
  auto const seconds = base::parse_duration(word);
  if (!seconds || *seconds == 0) refuse("the time-out " + quoted(word) + " is no duration; write 5m0s, 300s or 1h");
  request.timeout_seconds = *seconds;
  request.timeout_given = true;
}

void set_place(Target& target, settings::Settings const& s) {
  auto& request = target.request;
  if (!s.name_space.empty()) request.name_space = name_space(s.name_space);
  // An outer Helm always sets the namespace, so "default" may just mean that nobody said one.
  request.name_space_given = !s.name_space.empty() && s.name_space != "default";
  request.kube_context = s.kube_context;
  request.kube_context_given = !s.kube_context.empty();
  target.debug = s.debug;
}

void set_judging(Target& target, std::vector<std::string> const& folders, settings::Settings const& s) {
  target.check_folders = s.check_folders;
  target.check_folders.insert(target.check_folders.end(), folders.begin(), folders.end());
  if (s.check_seconds) target.check_limit = std::chrono::seconds(*s.check_seconds);
  if (s.index_seconds) target.thresholds.index_seconds = *s.index_seconds;
  if (s.certificate_seconds) target.thresholds.certificate_seconds = *s.certificate_seconds;
  if (s.record_percent) target.thresholds.record_percent = *s.record_percent;
  if (s.connections_per_replica) target.thresholds.connections_per_replica = *s.connections_per_replica;
}

void overlay(settings::Settings& settings, std::vector<std::pair<std::string, std::string>> const& variables) {
  for (auto const& [name, value] : variables) {
    if (name == "HELM_NAMESPACE") settings.name_space = value;
    if (name == "HELM_KUBECONTEXT") settings.kube_context = value;
    if (name == "HELM_DEBUG") settings.debug = value == "true";
  }
}

Target* target_of(Command& command) {
  if (auto* options = std::get_if<PreflightOptions>(&command)) return &options->target;
  if (auto* options = std::get_if<UpgradeOptions>(&command)) return &options->target;
  if (auto* options = std::get_if<RecoverOptions>(&command)) return &options->target;
  if (auto* options = std::get_if<PlanOptions>(&command)) return &options->target;
  if (auto* options = std::get_if<ValuesOptions>(&command)) return &options->target;
  auto* options = std::get_if<SnapshotOptions>(&command);
  return options ? &options->target : nullptr;
}

}  // namespace cli
