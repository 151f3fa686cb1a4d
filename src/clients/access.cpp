#include <algorithm>
#include <cstdlib>
#include <string_view>

#include "base/text.h"
#include "clients/child.h"
#include "clients/folder.h"
#include "clients/kubernetes.h"

namespace clients {
namespace {

using base::Json;

std::string variable(char const* name) {
  char const* value = std::getenv(name);
  return value ? value : "";
}

// A list can't be a flag. One path had better be: kubectl complains about a flag's file that is not there.
bool is_list(std::string const& kubeconfig) { return kubeconfig.find(':') != std::string::npos; }

void add_flag(std::vector<std::string>& argv, std::string const& flag, std::string const& value) {
  if (!value.empty()) argv.push_back(flag + "=" + value);
}

// What chooses the cluster and the user in the kubeconfig, and what goes on top of it.
void add_choice(Spawn& spawn, Access const& access) {
  if (is_list(access.kubeconfig)) {
    spawn.set.emplace_back("KUBECONFIG", access.kubeconfig);
  } else {
    add_flag(spawn.argv, "--kubeconfig", access.kubeconfig);
  }
  add_flag(spawn.argv, "--context", access.context);
}

void add_overrides(Spawn& spawn, Access const& access) {
  add_flag(spawn.argv, "--server", access.api_server);
  add_flag(spawn.argv, "--certificate-authority", access.ca_file);
  add_flag(spawn.argv, "--tls-server-name", access.tls_server_name);
  add_flag(spawn.argv, "--as", access.as_user);
  for (auto const& group : access.as_groups) add_flag(spawn.argv, "--as-group", group);
  if (access.insecure) spawn.argv.push_back("--insecure-skip-tls-verify");
}

// The chosen part of the kubeconfig; null where there is none.
Json chosen_config(Access const& access, std::vector<std::string> const& more) {
  Spawn spawn;
  spawn.argv = {"kubectl", "config", "view", "--minify", "-o", "json"};
  spawn.argv.insert(spawn.argv.end(), more.begin(), more.end());
  add_choice(spawn, access);
  auto const ended = run(spawn);
  auto config = ended.ok() ? base::parse_json(ended.out) : std::nullopt;
  return config ? std::move(*config) : Json();
}

Json first_of(Json const& config, std::string_view list, std::string_view member) {
  auto const& items = config[list].items();
  return items.empty() || !items[0][member].is_object() ? Json(Json::Object{}) : items[0][member];
}

// A kubeconfig of the chosen cluster in which the token takes the place of whatever the user logs in with.
Json config_with_token(Access const& access) {
  auto const config = chosen_config(access, {"--raw", "--flatten"});
  auto user = first_of(config, "users", "user");
  for (auto const* login : {"client-certificate", "client-certificate-data", "client-key", "client-key-data", "token",
                            "tokenFile", "username", "password", "exec", "auth-provider"})
    user.erase(login);
  user.set("token") = access.token;
  Json::Object const chosen{{"cluster", "cluster"}, {"user", "user"}};
  return Json::Object{{"apiVersion", "v1"},
                      {"kind", "Config"},
                      {"clusters", Json::Array{Json::Object{{"name", "cluster"},
                                                            {"cluster", first_of(config, "clusters", "cluster")}}}},
                      {"users", Json::Array{Json::Object{{"name", "user"}, {"user", user}}}},
                      {"contexts", Json::Array{Json::Object{{"name", "context"}, {"context", chosen}}}},
                      {"current-context", "context"}};
}

std::string path_of_url(std::string_view url) {
  auto const scheme = url.find("://");
  auto const host = scheme == std::string_view::npos ? 0 : scheme + 3;
  auto const slash = url.find('/', host);
  if (slash == std::string_view::npos) return "";
  auto path = url.substr(slash, url.find_first_of("?#", slash) - slash);
  while (path.ends_with('/')) path.remove_suffix(1);
  return std::string(path);
}

std::vector<std::string> kubeconfig_files(Access const& access) {
  auto const list = access.kubeconfig.empty() ? variable("KUBECONFIG") : access.kubeconfig;
  return list.empty() ? std::vector{variable("HOME") + "/.kube/config"} : base::split(list, ':');
}

// True also where we can't tell.
bool any_server_has_a_path(Access const& access) {
  for (auto const& file : kubeconfig_files(access)) {
    auto const text = read_file(file, nullptr, 8u << 20);
    if (!text) continue;
    auto const config = base::parse_yaml(*text);
    if (!config) return true;
    for (auto const& cluster : (*config)["clusters"].items())
      if (!path_of_url(cluster["cluster"]["server"].str()).empty()) return true;
  }
  return false;
}

}  // namespace

Access access_from_environment() {
  Access access;
  access.kubeconfig = variable("KUBECONFIG");
  access.context = variable("HELM_KUBECONTEXT");
  access.api_server = variable("HELM_KUBEAPISERVER");
  access.token = variable("HELM_KUBETOKEN");
  access.ca_file = variable("HELM_KUBECAFILE");
  access.tls_server_name = variable("HELM_KUBETLS_SERVER_NAME");
  access.as_user = variable("HELM_KUBEASUSER");
  for (auto& group : base::split(variable("HELM_KUBEASGROUPS"), ','))
    if (!group.empty()) access.as_groups.push_back(std::move(group));
  // As Go's strconv.ParseBool reads it.
  for (auto const* yes : {"1", "t", "T", "true", "TRUE", "True"})
    if (variable("HELM_KUBEINSECURE_SKIP_TLS_VERIFY") == yes) access.insecure = true;
  return access;
}

std::optional<Spawn> kubectl_command(Access const& access, std::vector<std::string> arguments, std::string* why) {
  if (!find_program("kubectl")) {
    *why = "no such program: kubectl";
    return {};
  }
  Spawn spawn;
  // Behind "--" nothing is kubectl's.
  auto const end = std::find(arguments.begin(), arguments.end(), "--");
  spawn.argv.assign(arguments.begin(), end);
  spawn.argv.insert(spawn.argv.begin(), "kubectl");
  if (access.token.empty()) {
    add_choice(spawn, access);
  } else {
    auto const file = std::make_shared<Fd>(make_memory_file(base::to_text(config_with_token(access))));
    if (!*file) {
      *why = "can't make a file in memory";
      return {};
    }
    spawn.keep = {file->get()};
    spawn.owns = file;
    spawn.argv.push_back("--kubeconfig=/dev/fd/" + std::to_string(file->get()));
  }
  add_overrides(spawn, access);
  spawn.argv.insert(spawn.argv.end(), end, arguments.end());
  return spawn;
}

std::string server_path(Access const& access) {
  if (!access.api_server.empty()) return path_of_url(access.api_server);
  // `kubectl config view` costs as much as the proxy's start, so it is asked only where it can matter.
  if (!any_server_has_a_path(access)) return "";
  return path_of_url(first_of(chosen_config(access, {}), "clusters", "cluster")["server"].str());
}

}  // namespace clients
