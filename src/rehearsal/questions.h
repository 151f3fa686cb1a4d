#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "clients/kubernetes.h"
#include "clients/review.h"
#include "rehearsal/judge.h"
#include "rehearsal/manifest.h"

namespace rehearsal {

// What is asked of the API server after Helm has run. Every question is a read, a dry run or an access review.
class Questions {
 public:
  explicit Questions(clients::Kubernetes& api) : resources(api), api_(api) {}
  Questions(clients::Kubernetes& api, Resources::Asker discovery) : resources(std::move(discovery)), api_(api) {}

  using Access = clients::Right;
  May may(Access const&);
  void foresee(std::vector<Access> const&);  // asks for them side by side

  // Dry runs of creating objects, side by side; 403s are told apart already.
  struct Creation {
    std::string api_version, plural, name_space;
    base::Json object;
  };
  std::vector<state::Verdict> try_all(std::vector<Creation> const&);
  state::Verdict try_create(Creation const& creation) { return try_all({creation}).front(); }
  state::Verdict try_apply(Creation const&);  // over one that is there, with server-side apply as Helm does it

  // The objects as the API server would store them; null where it would not.
  std::vector<base::Json> stored_all(std::vector<Creation> const&);
  base::Json stored(Creation const& creation) { return stored_all({creation}).front(); }

  // What a server-side apply would store that takes over the fields of other managers; null if it would not.
  base::Json stored_by_force(Recorded const& apply);

  // The patch that would make the object the release's.
  state::Verdict try_adoption(Target const& object, std::string const& release, std::string const& name_space);

  std::optional<base::Json> get(std::string const& target);
  std::vector<clients::Answer> get_all(std::vector<std::string> const& targets);
  // Whether a release has records; unknown where they may not be listed.
  May release_exists(std::string const& release, std::string const& name_space, std::string const& driver);

  Resources resources;

 private:
  clients::Kubernetes& api_;
  state::Verdict verdict_of(clients::Request const&, clients::Answer const&);
  std::map<Access, May> known_;
};

// The verb of an access review for an HTTP method.
std::string verb_of(std::string const& method);

}  // namespace rehearsal
