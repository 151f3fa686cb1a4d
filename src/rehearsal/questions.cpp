#include "rehearsal/questions.h"

#include "rehearsal/gate.h"
#include "rehearsal/dry_run.h"
#include "rehearsal/ownership.h"

namespace rehearsal {

using base::Json;

std::string verb_of(std::string const& method) {
  if (method == "POST") return "create";
  if (method == "PUT") return "update";
  return method == "PATCH" ? "patch" : method == "DELETE" ? "delete" : "get";
}

namespace {

clients::Request creation_of(Questions::Creation const& each) {
  return {"POST", path_of(each.api_version, each.plural, each.name_space) + "?dryRun=All", base::to_text(each.object)};
}

}  // namespace

void Questions::foresee(std::vector<Access> const& accesses) {
  std::vector<Access> fresh;
  std::vector<clients::Request> reviews;
  for (auto const& access : accesses) {
    if (!known_.try_emplace(access, May::unknown).second) continue;
    fresh.push_back(access);
    reviews.push_back(clients::review_of(access));
  }
  auto const answers = ask(api_, reviews);
  for (std::size_t i = 0; i < fresh.size(); ++i)
    if (auto const allowed = clients::allowed_by(answers[i])) known_[fresh[i]] = *allowed ? May::yes : May::no;
}

May Questions::may(Access const& access) {
  foresee({access});
  return known_.at(access);
}

state::Verdict Questions::verdict_of(clients::Request const& request, clients::Answer const& answer) {
  auto target = parse_target(request.target);
  Recorded write{.method = request.method, .target = std::move(target), .body = request.body, .content_type = request.content_type};
  write.creates = request.method == "POST";
  write.reply = {answer.status, {}, answer.body, {}};
  if (answer.ok()) write.after = base::parse_json(answer.body).value_or(Json());
  for (auto const& [name, value] : answer.headers)
    if (name == "Warning" || name == "warning") write.reply.warnings.push_back(value);
  auto verdict = judge(write);
  auto const& on = write.target;
  if (verdict.cause == state::Cause::forbidden)
    rights_or_admission(verdict, may({verb_of(request.method), on.group, on.resource, on.name_space, on.name}));
  return verdict;
}

std::vector<state::Verdict> Questions::try_all(std::vector<Creation> const& creations) {
  std::vector<clients::Request> requests;
  for (auto const& each : creations) requests.push_back(creation_of(each));
  auto const answers = ask(api_, requests);
  std::vector<state::Verdict> verdicts;
  for (std::size_t i = 0; i < requests.size(); ++i) verdicts.push_back(verdict_of(requests[i], answers[i]));
  return verdicts;
}

state::Verdict Questions::try_apply(Creation const& each) {
  auto const path = path_of(each.api_version, each.plural, each.name_space, each.object["metadata"]["name"].str());
  clients::Request const request{"PATCH", path + "?dryRun=All&fieldManager=helm&force=false", base::to_text(each.object), "application/apply-patch+yaml"};
  return verdict_of(request, ask(api_, {request}).front());
}

std::vector<Json> Questions::stored_all(std::vector<Creation> const& creations) {
  std::vector<clients::Request> requests;
  for (auto const& each : creations) requests.push_back(creation_of(each));
  std::vector<Json> objects;
  for (auto const& answer : ask(api_, requests))
    objects.push_back(answer.ok() ? base::parse_json(answer.body).value_or(Json()) : Json());
  return objects;
}

std::vector<clients::Answer> Questions::get_all(std::vector<std::string> const& targets) {
  std::vector<clients::Request> requests;
  for (auto const& target : targets) requests.push_back({"GET", target});
  return ask(api_, requests);
}

Json Questions::stored_by_force(Recorded const& apply) {
  auto const again = forced({apply.method, apply.target.path, apply.body, apply.content_type, {}}, apply.target);
  auto const answer = ask(api_, {{again.method, again.target, again.body, again.content_type}}).front();
  return answer.ok() ? base::parse_json(answer.body).value_or(Json()) : Json();
}

state::Verdict Questions::try_adoption(Target const& object, std::string const& release, std::string const& name_space) {
  Json patch(Json::Object{});
  own(patch, release, name_space);
  clients::Request const request{"PATCH", object.path + "?dryRun=All", base::to_text(patch), "application/merge-patch+json"};
  return verdict_of(request, ask(api_, {request}).front());
}

std::optional<Json> Questions::get(std::string const& target) {
  auto const answer = ask(api_, {{"GET", target}}).front();
  return answer.ok() ? base::parse_json(answer.body) : std::nullopt;
}

May Questions::release_exists(std::string const& release, std::string const& name_space, std::string const& driver) {
  auto const records = path_of("v1", driver == "configmap" ? "configmaps" : "secrets", name_space);
  if (parse_target(records).shape != Target::Shape::collection) return May::no;  // no namespace can have such a name
  auto const selector = clients::url_encoded("owner=helm,name=" + release);
  auto const answer = api_.send("GET", records + "?limit=1&labelSelector=" + selector, {}, {},
                                "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1");
  auto const list = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  if (!list) return May::unknown;
  return (*list)["items"].items().empty() ? May::no : May::yes;
}

}  // namespace rehearsal
