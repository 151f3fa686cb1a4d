#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>

#include "base/json.h"
#include "clients/kubernetes.h"
#include "rehearsal/judge.h"
#include "rehearsal/manifest.h"

namespace rehearsal {

// What is asked of the API server after Helm has run. Every question is a read, a dry run or an access review.
class Questions {
 public:
  explicit Questions(clients::Kubernetes& api) : resources(api), api_(api) {}

  May may(std::string const& verb, std::string const& group, std::string const& resource, std::string const& name_space,
          std::string const& name);

  // A dry run of a request; `path` without a query. 403s are told apart already.
  state::Verdict try_request(std::string const& method, Target target, std::string body, std::string content_type,
                             base::Json* answer = nullptr);
  state::Verdict try_create(std::string const& api_version, std::string const& plural, std::string const& name_space,
                            base::Json const& object);
  // The patch that would make the object the release's.
  state::Verdict try_adoption(Target const& object, std::string const& release, std::string const& name_space);

  std::optional<base::Json> get(std::string const& target);
  // Whether a release has records; unknown where they may not be listed.
  May release_exists(std::string const& release, std::string const& name_space, std::string const& driver);

  Resources resources;

 private:
  clients::Kubernetes& api_;
  std::map<std::tuple<std::string, std::string, std::string, std::string, std::string>, May> known_;
};

// The verb of an access review for an HTTP method.
std::string verb_of(std::string const& method);

}  // namespace rehearsal
