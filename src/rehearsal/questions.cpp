#include "rehearsal/questions.h"

#include "rehearsal/ownership.h"

namespace rehearsal {

using base::Json;

std::string verb_of(std::string const& method) {
  if (method == "POST") return "create";
  if (method == "PUT") return "update";
  return method == "PATCH" ? "patch" : method == "DELETE" ? "delete" : "get";
}

May Questions::may(std::string const& verb, std::string const& group, std::string const& resource,
                   std::string const& name_space, std::string const& name) {
  auto const [known, fresh] = known_.try_emplace({verb, group, resource, name_space, name}, May::unknown);
  if (!fresh) return known->second;
  Json const review = Json::Object{
      {"apiVersion", "authorization.k8s.io/v1"},
      {"kind", "SelfSubjectAccessReview"},
      {"spec", Json::Object{{"resourceAttributes", Json::Object{{"verb", verb}, {"group", group}, {"resource", resource},
                                                                {"namespace", name_space}, {"name", name}}}}}};
  auto const answer = api_.send("POST", "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews?dryRun=All", base::to_text(review));
  auto const parsed = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  if (parsed && (*parsed)["status"]["allowed"].is_bool())
    known->second = (*parsed)["status"]["allowed"].bool_or(false) ? May::yes : May::no;
  return known->second;
}

state::Verdict Questions::try_request(std::string const& method, Target target, std::string body, std::string content_type,
                                      Json* answer) {
  auto const reply = api_.send(method, target.path + upstream_query(target, true), body, content_type);
  Recorded write{.method = method, .target = std::move(target), .body = std::move(body), .content_type = std::move(content_type)};
  write.creates = method == "POST";
  write.reply = {reply.status, {}, reply.body, {}};
  for (auto const& [name, value] : reply.headers)
    if (name == "Warning" || name == "warning") write.reply.warnings.push_back(value);
  auto verdict = judge(write);
  if (verdict.cause == state::Cause::forbidden)
    rights_or_admission(verdict, may(verb_of(method), write.target.group, write.target.resource, write.target.name_space, write.target.name));
  if (answer && reply.ok()) *answer = base::parse_json(reply.body).value_or(Json());
  return verdict;
}

state::Verdict Questions::try_create(std::string const& api_version, std::string const& plural, std::string const& name_space,
                                     Json const& object) {
  return try_request("POST", parse_target(path_of(api_version, plural, name_space)), base::to_text(object), "application/json");
}

state::Verdict Questions::try_adoption(Target const& object, std::string const& release, std::string const& name_space) {
  Json patch(Json::Object{});
  own(patch, release, name_space);
  return try_request("PATCH", parse_target(object.path), base::to_text(patch), "application/merge-patch+json");
}

std::optional<Json> Questions::get(std::string const& target) {
  auto const answer = api_.get(target);
  return answer.ok() ? base::parse_json(answer.body) : std::nullopt;
}

May Questions::release_exists(std::string const& release, std::string const& name_space, std::string const& driver) {
  auto const records = path_of("v1", driver == "configmap" ? "configmaps" : "secrets", name_space);
  auto const selector = clients::url_encoded("owner=helm,name=" + release);
  auto const answer = api_.send("GET", records + "?limit=1&labelSelector=" + selector, {}, {},
                                "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
  auto const list = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  if (!list) return May::unknown;
  return (*list)["items"].items().empty() ? May::no : May::yes;
}

}  // namespace rehearsal
