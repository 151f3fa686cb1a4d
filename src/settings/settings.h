#pragma once

#include <optional>
#include <string>
#include <vector>

namespace settings {

// What a check finds is accepted. In the file: `ignore = HC311 until 2026-12-31: the reason`.
struct Ignored {
  std::string check;                     // code or name
  std::string reason = {}, until = {};   // of the file only; `until`: the last day on which it counts
  std::string file = {};                 // where it stands; empty: it is the environment's
  int line = 0;
};

// What is set outside of the command line: by the environment, which wins, or by the configuration file. An outer Helm
// swallows flags such as --namespace and hands them down as variables: those that say how to reach the cluster are
// clients::access_from_environment()'s. Empty: not set.
struct Settings {
  std::vector<Ignored> ignored;      // `ignore`, HELM_CODER_IGNORE (separated by commas): both count
  std::string timeout;               // `timeout`, HELM_CODER_TIMEOUT: a Go duration
  std::vector<std::string> check_folders;        // `checks`
  std::optional<long> check_seconds;             // `check-time-limit`
  std::optional<long> index_seconds;             // `index-age`
  std::optional<long> certificate_seconds;       // `certificate-renewal`
  std::optional<int> record_percent;             // `record-size`
  std::optional<int> connections_per_replica;    // `connections-per-replica`
  std::string database_url;          // HELM_CODER_DATABASE_URL; it may hold a password, so never print it
  std::string name_space, kube_context;  // HELM_NAMESPACE, HELM_KUBECONTEXT
  bool debug = false;                    // HELM_DEBUG
  std::string problem;  // why the file can't be used, in one sentence; the rest is then the environment's
};

// From this file, which must be there; else from the one that HELM_CODER_CONFIG names, which must be there too; else from
// helm-coder.conf in Helm's configuration folder, if it is there.
Settings load(std::string const& file = "");

}  // namespace settings
