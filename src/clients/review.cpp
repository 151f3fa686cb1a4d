#include "clients/review.h"

#include "base/json.h"

namespace clients {

using base::Json;

Request review_of(Right const& right) {
  Json const review = Json::Object{
      {"apiVersion", "authorization.k8s.io/v1"},
      {"kind", "SelfSubjectAccessReview"},
      {"spec", Json::Object{{"resourceAttributes", Json::Object{{"verb", right.verb}, {"group", right.group}, {"resource", right.resource},
                                                                {"namespace", right.name_space}, {"name", right.name}}}}}};
  return {"POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews?dryRun=All", base::to_text(review)};
}

std::optional<bool> allowed_by(Answer const& answer) {
  auto const review = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  if (!review || !(*review)["status"]["allowed"].is_bool()) return {};
  return (*review)["status"]["allowed"].bool_or(false);
}

}  // namespace clients
