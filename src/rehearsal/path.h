#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rehearsal {

// Which object a request is about, whatever API version it was asked in: the same Ingress is reached as
// extensions/v1beta1 and as networking.k8s.io/v1.
struct Key {
  std::string group, resource, name_space, name;  // resource is the plural in the path, "ingresses"
  auto operator<=>(Key const&) const = default;
};

// What a request addresses. Anything that is not of an allowed shape is `refused`: subresources above all, for reads too
// (a read of services/x/proxy would call a service).
struct Target {
  enum class Shape { refused, passed, collection, object, access_review };
  Shape shape = Shape::refused;
  std::string path;  // as it came, still encoded, without the query
  std::string group, version, resource, name_space, name;
  std::vector<std::pair<std::string, std::string>> query;  // decoded

  std::string api_version() const { return group.empty() ? version : group + "/" + version; }
  Key key() const;  // of an object; of a collection with an empty name
  std::string query_value(std::string_view name) const;
};

Target parse_target(std::string_view target);

// The group that an object is kept under: "extensions" ingresses are networking.k8s.io's.
std::string canonical_group(std::string_view group, std::string_view resource);

// The path of a resource's collection, or of one object in it.
std::string path_of(std::string_view api_version, std::string_view resource, std::string_view name_space,
                    std::string_view name = {});

// Whether a request may leave for the API server: a read of an allowed shape, an access review, or a dry run.
bool may_leave(std::string_view method, std::string_view target);

// The query to send to the API server: the parameters that a request may carry, and dryRun=All where it writes.
std::string upstream_query(Target const&, bool writes);

}  // namespace rehearsal
