#pragma once

#include <string>
#include <vector>

namespace settings {

// What is set outside of the command line: by the environment, which wins, or by the file helm-coder.conf in Helm's
// configuration folder. An outer Helm swallows flags such as --namespace and hands them down as variables: those that say
// how to reach the cluster are clients::access_from_environment()'s. Empty: not set.
struct Settings {
  std::vector<std::string> ignored;  // `ignore`, HELM_CODER_IGNORE (separated by commas): both count
  std::string timeout;               // `timeout`, HELM_CODER_TIMEOUT: a Go duration
  std::string database_url;          // HELM_CODER_DATABASE_URL; it may hold a password, so never print it
  std::string name_space, kube_context;  // HELM_NAMESPACE, HELM_KUBECONTEXT
  bool debug = false;                    // HELM_DEBUG
  std::string problem;  // why the file can't be used, in one sentence; the rest is then the environment's
};

Settings load();

// $HELM_CONFIG_HOME, or where Helm would look.
std::string config_home();

}  // namespace settings
