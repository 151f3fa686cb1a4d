#pragma once

#include <compare>
#include <optional>
#include <string>

#include "clients/kubernetes.h"

namespace clients {

// Something that the person may or may not do. An empty namespace: in all of them; an empty name: to any object.
struct Right {
  std::string verb, group, resource, name_space, name;
  auto operator<=>(Right const&) const = default;
};

// The question to the API server, which stores nothing of it (a SelfSubjectAccessReview).
Request review_of(Right const&);

// Its answer; nothing where it gave none.
std::optional<bool> allowed_by(Answer const&);

}  // namespace clients
