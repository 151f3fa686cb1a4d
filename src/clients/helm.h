#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "clients/process.h"

namespace clients {

// The operator's own Helm: HELM_BIN where an outer Helm set it, else the one in PATH.
class Helm {
 public:
  // Nothing and a reason if there is none.
  static std::optional<Helm> find(std::string* why);

  std::string const& path() const { return path_; }

  // `helm ARGS…` with HELM_NO_PLUGINS=1 and HELM_DEBUG=false; the rest of the environment is ours.
  Spawn command(std::vector<std::string> arguments) const;
  Ended run(std::vector<std::string> arguments, std::chrono::milliseconds limit = std::chrono::seconds(60)) const;

  // "3.21.4"; nothing and a reason if it does not say one.
  std::optional<std::string> version(std::string* why) const;

  // The namespace that it takes where nobody names one: the kubeconfig's, for the context that is chosen.
  std::optional<std::string> name_space() const;

 private:
  explicit Helm(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

// The folders of Helm's caches and of its data, as Helm finds them (pkg/helmpath); empty where nothing tells.
std::string helm_cache_home();
std::string helm_data_home();

// What Helm said, fit for a person: its last "Error: …" line without that word, or the last line there is.
std::string error_of(Ended const&);

}  // namespace clients
