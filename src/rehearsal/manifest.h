#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "clients/kubernetes.h"
#include "clients/manifest.h"
#include "rehearsal/path.h"

namespace rehearsal {

using clients::parse_manifest;
using clients::Rendered;

// A Secret as the API server keeps it, without stringData; any other object as it is.
base::Json as_stored(base::Json object);

// Which resource a kind is, asked of the API server once for each API version.
class Resources {
 public:
  // Answers to requests that do not depend on each other, in their order.
  using Asker = std::function<std::vector<clients::Answer>(std::vector<clients::Request> const&)>;
  explicit Resources(Asker ask) : ask_(std::move(ask)) {}
  explicit Resources(clients::Kubernetes& api);

  struct Resource {
    std::string plural, kind;
    bool namespaced = true;
  };
  std::optional<Resource> of_kind(std::string const& api_version, std::string const& kind);
  std::optional<Resource> of_kind_in_any_case(std::string const& api_version, std::string const& kind);

  // Asks for what the kinds of these objects need, side by side.
  void foresee(std::vector<Rendered> const&);
  void learn(Resources const& other) { known_.insert(other.known_.begin(), other.known_.end()); }

  // The key of a rendered object; nothing where the server does not know its kind.
  std::optional<Key> key_of(Rendered const&, std::string const& release_name_space);

  // The objects of a manifest by their keys, without those whose kind the server does not know.
  std::map<Key, Rendered const*> by_key(std::vector<Rendered> const&, std::string const& release_name_space);

  // The API versions in which a kind written without one ("Ingress", in any case) is served, the preferred first.
  std::vector<std::string> versions_of(std::string const& kind);

 private:
  std::vector<Resource> const& list(std::string const& api_version);
  std::vector<Resource> const& learn(std::string const& api_version, clients::Answer const&);
  Asker ask_;
  std::map<std::string, std::vector<Resource>> known_;
};

}  // namespace rehearsal
