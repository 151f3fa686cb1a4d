#include "collect/target.h"

#include <algorithm>
#include <filesystem>
#include <optional>

#include "base/semver.h"
#include "collect/chart_cache.h"
#include "collect/chart_files.h"
#include "collect/repository.h"
#include "collect/version.h"

namespace collect {
namespace {

namespace fs = std::filesystem;
using base::Json;
using state::Unknown;

std::string text_of(Json const& value) { return value.is_number() ? value.number() : value.str(); }

constexpr std::size_t most_keys = 16u << 20;  // bytes: a long key with many below it would become very many

// Every path in a chart's values, leaves and branches. False where they are too many to look at.
bool add_keys(Json const& values, std::string const& prefix, std::vector<std::string>& keys, std::size_t& left) {
  for (auto const& [key, value] : values.members()) {
    auto const size = prefix.size() + key.size() + sizeof(std::string);
    if (size > left) return false;
    left -= size;
    auto const& path = keys.emplace_back(prefix + key);
    if (!value.members().empty() && !add_keys(value, path + ".", keys, left)) return false;
  }
  return true;
}

state::Seen<Pulled> described(std::string path, std::string choice) {
  std::string why;
  auto const files = read_chart(path, &why);
  if (!files) return Unknown{why, ""};
  state::Target target{.name = files->chart["name"].str(),
                       .version = text_of(files->chart["version"]),
                       .app_version = text_of(files->chart["appVersion"]),
                       .kube_version = text_of(files->chart["kubeVersion"]),
                       .digest = files->digest};
  if (target.name.empty() || target.version.empty())
    return Unknown{path + " names no chart and version in its Chart.yaml", ""};
  auto left = most_keys;
  if (!add_keys(files->values, "", target.keys, left)) return Unknown{path + " has more keys in its values.yaml, or longer ones, than can be looked at", ""};
  if (choice.empty()) choice = target.version;
  return Pulled{std::move(path), std::move(choice), std::move(target)};
}

state::Seen<Pulled> local(state::Request const& request) {
  std::error_code error;
  auto pulled = described(fs::absolute(request.chart, error).string(), "");
  auto const* seen = std::get_if<Pulled>(&pulled);
  // Helm would not look at --version here.
  if (seen && !request.version.empty() && base::parse_version(request.version) &&
      base::parse_version(request.version) != base::parse_version(seen->target.version))
    return Unknown{request.chart + " is version " + seen->target.version + ", not " + request.version, ""};
  return pulled;
}

// The archive that Helm left in a folder.
std::optional<std::string> archive_in(std::string const& folder) {
  std::error_code error;
  for (fs::directory_iterator each(folder, error), end; !error && each != end; each.increment(error))
    if (each->path().extension() == ".tgz") return each->path().string();
  return {};
}

// Then Helm has more to look at than the archive.
bool checks_provenance(std::vector<std::string> const& chart_flags) {
  return std::any_of(chart_flags.begin(), chart_flags.end(), [](auto const& flag) { return flag.starts_with("--verify"); });
}

state::Seen<Pulled> fetched(clients::Helm const& helm, state::Request const& request, Choice const& choice,
                            std::vector<std::string> const& chart_flags, std::string const& digest, std::string const& folder) {
  auto const into = folder + "/chart";
  std::error_code error;
  fs::remove_all(into, error);
  fs::create_directory(into, error);
  if (error) return Unknown{"can't make " + into + ": " + error.message(), ""};
  auto const cached = into + "/" + request.chart.substr(request.chart.rfind('/') + 1) + "-" + choice.version + ".tgz";
  if (!checks_provenance(chart_flags) && take_cached_chart(digest, cached)) return described(cached, choice.told);
  std::vector<std::string> arguments{"pull", request.chart, "-d", into};
  arguments.insert(arguments.end(), chart_flags.begin(), chart_flags.end());
  if (!choice.version.empty()) arguments.insert(arguments.end(), {"--version", choice.version});
  auto const ended = helm.run(std::move(arguments), std::chrono::minutes(2));
  auto const name = request.chart + (choice.version.empty() ? "" : " " + choice.version);
  if (!ended.ok())
    return Unknown{"Helm can't fetch " + name + ": " + clients::error_of(ended), "helm pull " + request.chart};
  auto const archive = archive_in(into);
  if (!archive) return Unknown{"`helm pull` left no archive of " + name, "helm pull " + request.chart};
  cache_chart(*archive, digest);
  return described(*archive, choice.told);
}

}  // namespace

state::Seen<Pulled> target(clients::Helm const& helm, state::Request const& request,
                           std::vector<std::string> const& chart_flags,
                           state::Seen<state::Repository> const& repository, std::string const& folder) {
  auto const* known = state::seen(repository);
  if (!known) return std::get<Unknown>(repository);
  if (is_local(request.chart, chart_flags)) return local(request);
  if (request.chart.starts_with('/') || request.chart.starts_with('.'))
    return Unknown{"there is no chart at " + request.chart, ""};
  if (!known->needed) return fetched(helm, request, {request.version, ""}, chart_flags, "", folder);
  if (!known->added) return Unknown{"Helm does not know the repository " + known->name, "helm repo list"};
  auto const update = "helm repo update " + known->name;
  if (known->index_age < 0) return Unknown{"the index of the repository " + known->name + " was never fetched", update};
  bool const devel = std::find(chart_flags.begin(), chart_flags.end(), "--devel") != chart_flags.end();
  auto const choice = choose_version(known->versions, request.version, devel);
  if (auto const* none = std::get_if<NoSuchVersion>(&choice)) return Unknown{request.chart + ": " + none->why, update};
  auto const& chosen = std::get<Choice>(choice);
  auto const digest = known->digests.find(chosen.version);
  return fetched(helm, request, chosen, chart_flags, digest == known->digests.end() ? "" : digest->second, folder);
}

}  // namespace collect
