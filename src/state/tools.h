#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace state {

struct Helm {
  std::string path;     // empty: we looked, and there is none (Unknown is for "could not look")
  std::string version;  // "3.21.4", no leading v
  bool operator==(Helm const&) const = default;
};

struct Kubectl {
  std::string path;  // empty: we looked, and there is none
  bool operator==(Kubectl const&) const = default;
};

struct Cluster {
  std::string version;  // "1.20.2", what GET /version says as gitVersion
  bool operator==(Cluster const&) const = default;
};

// The chart repository that the asked chart comes from. Credentials of a repository never get here.
struct Repository {
  bool needed = true;         // false: the chart is a folder, an archive or an OCI reference
  std::string name;           // "coder", from coder/coder
  bool added = false;         // `helm repo list` knows it
  std::string url;            // without user information
  std::int64_t index_age = -1;  // seconds since the cached index was fetched, -1 where there is none
  std::vector<std::string> versions;  // of the asked chart in the cached index, newest first
  std::map<std::string, std::string> digests;  // SHA-256 of their archives, where the index tells; not part of a snapshot
  bool operator==(Repository const&) const = default;
};

// The chart that the upgrade would install.
struct Target {
  std::string name;          // Chart.yaml
  std::string version;       // "1.21.7"
  std::string app_version;
  std::string kube_version;  // the gate, a constraint; empty: none
  std::string digest;        // SHA-256 of the archive that was rehearsed; empty for a folder
  std::vector<std::string> keys;  // every path in its values.yaml, "coderd.serviceSpec.type", leaves and branches
  bool operator==(Target const&) const = default;
};

}  // namespace state
