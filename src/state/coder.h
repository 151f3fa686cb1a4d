#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "state/seen.h"

// What Coder itself tells through its HTTP API, and what Helm's records tell of those that belong to it.
namespace state {

// What an answer says of something that it may leave out.
enum class Told { not_said, no, yes };

struct Provider {
  std::string name;
  std::string status;      // "ready", "pending", "error", as Coder writes it; empty: it does not say
  std::string trouble;     // what Coder says is wrong with it
  std::string name_space;  // where it makes workspaces, in its own cluster
  std::string access_url;
  bool built_in = false;
  Told networking_v2 = Told::not_said;
  Told ssh = Told::not_said;  // External Connect
  bool operator==(Provider const&) const = default;
};

struct Providers {
  std::vector<Provider> all;  // at most 500
  bool operator==(Providers const&) const = default;
};

struct Satellites {
  std::vector<std::string> names;  // at most 500
  bool operator==(Satellites const&) const = default;
};

struct Workspaces {
  std::int64_t count = 0;
  std::int64_t to_rebuild = 0;        // of them, those that Coder says must be rebuilt
  std::vector<std::string> examples;  // names of those, at most 5
  std::string why;                    // what Coder says of the first
  bool operator==(Workspaces const&) const = default;
};

struct Coder {
  std::string address;  // "https://coder.example.com", "Service coderd" through the API server
  std::string url;      // as the person gave it; empty: through the API server
  std::string version;  // "1.21.7"; empty: it does not say
  Told setup_mode = Told::not_said;  // yes: nobody has set it up yet
  Seen<Providers> providers;
  Seen<Satellites> satellites;
  Seen<Workspaces> workspaces;
  bool operator==(Coder const&) const = default;
};

// A Helm release of this cluster that belongs to a Coder: of a workspace provider, or of a satellite.
struct Kin {
  std::string release, name_space, version;
  std::string primary_url;         // of a satellite
  std::vector<std::string> taken;  // of a provider: accounts that `helm uninstall` would take along, "ServiceAccount/coder"
  bool operator==(Kin const&) const = default;
};

struct Family {
  std::vector<Kin> providers, satellites;
  std::string unsure;  // why there may be others; empty: these are all of this cluster
  bool operator==(Family const&) const = default;
};

}  // namespace state
