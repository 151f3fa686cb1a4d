#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "clients/kubernetes.h"
#include "state/release.h"

namespace actions {

// The cluster as steps reach it.
class Api {
 public:
  virtual ~Api() = default;
  virtual clients::Answer send(std::string_view method, std::string const& target, std::string const& body = {},
                               std::string_view type = "application/json", std::string_view accept = "application/json") = 0;
};

class ClusterApi : public Api {
 public:
  explicit ClusterApi(clients::Kubernetes& cluster) : cluster_(cluster) {}
  clients::Answer send(std::string_view method, std::string const& target, std::string const& body, std::string_view type,
                       std::string_view accept) override {
    return cluster_.send(method, target, body, type, accept);
  }

 private:
  clients::Kubernetes& cluster_;
};

// An object, or null where there is none. Throws std::runtime_error with a sentence where it can't be told.
base::Json get(Api&, std::string const& path);

// The path of the collection that an object's path is in.
std::string collection_of(std::string const& path);

// What can be sent as a new object: without what the server writes.
base::Json as_new(base::Json object);

// One record of a release, as its labels tell.
struct Record {
  int revision = 0;
  std::string path, status, uid, resource_version;
};

// Ascending. Throws std::runtime_error where they can't be listed.
std::vector<Record> records_of(Api&, state::Release const&);

}  // namespace actions
