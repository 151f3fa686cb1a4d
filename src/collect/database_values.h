#pragma once

#include <optional>
#include <string>

#include "base/json.h"

namespace collect {

// What a release's values say about its database.
struct DatabaseValues {
  struct Key {
    std::string secret, key;  // a Secret and one of its keys; empty: none
  };
  bool satellite = false;  // it has no database of its own
  bool built_in = true;
  std::string host, port, user, database, ssl_mode, connector, search_path;
  std::string password_secret;
  Key certificate, private_key, root_certificate;
};

// `values` as a person set them, read as the chart of that version reads them together with its own defaults.
DatabaseValues read_database_values(base::Json const& values, std::string const& chart_version);

// A Service inside the cluster, which no name server outside knows.
struct InCluster {
  std::string service, name_space;
};
std::optional<InCluster> service_of(std::string const& host, std::string const& name_space);

// True for a host that is the pod itself: a proxy that runs beside Coder, a mounted Unix socket.
bool is_pod_itself(std::string const& host);

// "postgres://coder@db.example.com:5432/coder", with nothing secret, to be put behind --database-url.
std::string url_of(DatabaseValues const&);

}  // namespace collect
