#include "collect/repository.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>

#include "base/json.h"
#include "base/semver.h"
#include "base/text.h"
#include "clients/folder.h"

namespace collect {
namespace {

namespace fs = std::filesystem;
using base::Json;

// Larger ones are left to `helm search`, which reads the indexes of all repositories and so takes longer for a small
// one.
constexpr std::size_t most_index = 1u << 20;

bool is_by_url(std::vector<std::string> const& chart_flags) {
  return std::any_of(chart_flags.begin(), chart_flags.end(),
                     [](auto const& flag) { return flag == "--repo" || flag.starts_with("--repo="); });
}

struct Paths {
  std::string config, cache;
};

// An outer Helm tells where its files are; else Helm is asked.
std::optional<Paths> helm_paths(clients::Helm const& helm, std::string* why) {
  auto const given = [](char const* name) {
    char const* value = std::getenv(name);
    return std::string(value ? value : "");
  };
  Paths paths{given("HELM_REPOSITORY_CONFIG"), given("HELM_REPOSITORY_CACHE")};
  if (!paths.config.empty() && !paths.cache.empty()) return paths;
  auto const ended = helm.run({"env"});
  if (!ended.ok()) {
    *why = "`helm env` failed: " + clients::error_of(ended);
    return {};
  }
  for (auto const& line : base::split(ended.out, '\n')) {
    auto const value = [&](std::string_view name, std::string& into) {
      if (line.starts_with(name) && line.size() > name.size() + 1)
        into = line.substr(name.size() + 1, line.size() - name.size() - 2);  // NAME="value"
    };
    value("HELM_REPOSITORY_CONFIG=", paths.config);
    value("HELM_REPOSITORY_CACHE=", paths.cache);
  }
  return paths;
}

// The repository's entry in Helm's list; null if it is not there. The entry may hold a password.
std::optional<Json> entry_of(std::string const& config, std::string const& name, std::string* why) {
  std::error_code error;
  if (!fs::exists(config, error)) return Json();  // Helm writes the file when the first is added
  auto const text = clients::read_file(config, why, 8u << 20);
  if (!text) return {};
  std::string reason;
  auto const list = base::parse_yaml(*text, &reason);
  if (!list) {
    *why = config + " can't be read: " + reason;
    return {};
  }
  for (auto const& entry : (*list)["repositories"].items())
    if (entry["name"].str() == name) return entry;
  return Json();
}

std::string text_of(Json const& value) { return value.is_number() ? value.number() : value.str(); }

void newest_first(std::vector<std::string>& versions) {
  std::erase_if(versions, [](auto const& text) { return !base::parse_version(text); });
  std::stable_sort(versions.begin(), versions.end(),
                   [](auto const& a, auto const& b) { return *base::parse_version(a) > *base::parse_version(b); });
}

// Every version of the chart; the digests of their archives go to `digests`.
std::optional<std::vector<std::string>> versions_in(std::string const& index, std::string const& chart,
                                                    std::map<std::string, std::string>& digests, std::string* why) {
  auto const text = clients::read_file(index, why, most_index);
  auto const json = text ? base::parse_yaml(*text, why) : std::nullopt;
  if (!json) return {};
  std::vector<std::string> versions;
  for (auto const& entry : (*json)["entries"][chart].items()) {
    versions.push_back(text_of(entry["version"]));
    if (auto const& digest = entry["digest"].str(); !digest.empty()) digests.try_emplace(versions.back(), digest);
  }
  return versions;
}

std::optional<std::vector<std::string>> searched_versions(clients::Helm const& helm, std::string const& chart,
                                                          std::string* why) {
  auto const ended = helm.run({"search", "repo", chart, "--versions", "--devel", "-o", "json"});
  auto const json = ended.ok() ? base::parse_json(ended.out) : std::nullopt;
  if (!json) {
    *why = "`helm search repo` failed: " + clients::error_of(ended);
    return {};
  }
  std::vector<std::string> versions;
  for (auto const& entry : json->items())
    if (entry["name"].str() == chart) versions.push_back(entry["version"].str());  // the keyword is fuzzy
  return versions;
}

}  // namespace

bool is_local(std::string const& chart, std::vector<std::string> const& chart_flags) {
  std::error_code error;
  return !is_by_url(chart_flags) && fs::exists(chart, error);
}

bool is_from_repository(std::string const& chart, std::vector<std::string> const& chart_flags) {
  return !is_by_url(chart_flags) && !is_local(chart, chart_flags) && chart.find("://") == std::string::npos &&
         !chart.starts_with('.') && !chart.starts_with('/') && chart.find('/') != std::string::npos;
}

state::Seen<state::Repository> repository(clients::Helm const& helm, std::string const& chart,
                                          std::vector<std::string> const& chart_flags, std::int64_t now) {
  if (!is_from_repository(chart, chart_flags)) return state::Repository{.needed = false};
  state::Repository seen{.name = chart.substr(0, chart.find('/'))};
  std::string why;
  auto const paths = helm_paths(helm, &why);
  auto const entry = paths ? entry_of(paths->config, seen.name, &why) : std::nullopt;
  if (!entry) return state::Unknown{why, "helm repo list"};
  if (entry->is_null()) return seen;
  seen.added = true;
  seen.url = without_credentials((*entry)["url"].str());
  auto const index = paths->cache + "/" + seen.name + "-index.yaml";
  struct stat info {};
  if (stat(index.c_str(), &info) != 0) return seen;
  seen.index_age = std::max<std::int64_t>(0, now - info.st_mtime);
  bool const small = static_cast<std::size_t>(info.st_size) <= most_index;
  auto versions =
      small ? versions_in(index, chart.substr(seen.name.size() + 1), seen.digests, &why) : searched_versions(helm, chart, &why);
  if (!versions)
    return state::Unknown{"the index of " + seen.name + " can't be read: " + why, "helm repo update " + seen.name};
  newest_first(*versions);
  seen.versions = std::move(*versions);
  return seen;
}

std::string without_credentials(std::string const& url) {
  auto const scheme = url.find("://");
  auto const host = scheme == std::string::npos ? 0 : scheme + 3;
  auto const path = std::min(url.find_first_of("/?#", host), url.size());
  auto const at = url.rfind('@', path);
  auto const start = at == std::string::npos || at < host ? host : at + 1;
  return url.substr(0, host) + url.substr(start, std::min(url.find_first_of("?#", start), url.size()) - start);
}

}  // namespace collect
