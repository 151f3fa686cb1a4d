#include <cstdlib>

#include "clients/kubernetes.h"

namespace clients {
namespace {

std::string environment(char const* name) {
  auto const* value = std::getenv(name);
  return value ? value : "";
}

// A kubeconfig with nothing but a user of this token. kubectl merges it with the other files: where both name something,
// the first file wins, and a user of our own name is in none of them.
constexpr char const* user = "helm-coder-token";

std::string kubeconfig_with(std::string const& token) {
  base::Json json(base::Json::Object{});
  json.set("apiVersion") = "v1";
  json.set("kind") = "Config";
  base::Json entry(base::Json::Object{});
  entry.set("name") = user;
  entry.set("user").set("token") = token;
  json.set("users").add(entry);
  return base::to_text(json);
}

std::string other_kubeconfigs(Access const& access) {
  if (!access.kubeconfig.empty()) return access.kubeconfig;
  auto const given = environment("KUBECONFIG");
  return given.empty() ? environment("HOME") + "/.kube/config" : given;
}

std::vector<std::string> flags(Access const& access) {
  std::vector<std::string> flags;
  auto const add = [&](char const* flag, std::string const& value) {
    if (!value.empty()) flags.push_back(std::string(flag) + "=" + value);
  };
  if (access.token.empty()) add("--kubeconfig", access.kubeconfig);
  add("--context", access.context);
  add("--server", access.api_server);
  add("--certificate-authority", access.ca_file);
  add("--tls-server-name", access.tls_server_name);
  add("--as", access.as_user);
  for (auto const& group : access.as_groups) add("--as-group", group);
  if (access.insecure) flags.push_back("--insecure-skip-tls-verify=true");
  if (!access.token.empty()) add("--user", user);
  return flags;
}

}  // namespace

std::optional<Spawn> kubectl_command(Access const& access, std::vector<std::string> arguments, Folder const& folder,
                                     std::string* why) {
  Spawn spawn;
  spawn.argv = {"kubectl"};
  spawn.argv.insert(spawn.argv.end(), arguments.begin(), arguments.end());
  auto const given = flags(access);
  spawn.argv.insert(spawn.argv.end(), given.begin(), given.end());
  if (access.token.empty()) return spawn;
  auto const file = folder.path() + "/kubeconfig-token";
  if (auto const error = write_file(file, kubeconfig_with(access.token))) {
    *why = "the file for kubectl's token could not be written: " + *error;
    return {};
  }
  // --kubeconfig takes one file only, the variable takes several.
  spawn.set.emplace_back("KUBECONFIG", file + ":" + other_kubeconfigs(access));
  return spawn;
}

}  // namespace clients
