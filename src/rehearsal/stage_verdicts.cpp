// What the API server says of the writes on a stage.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "rehearsal/conflicts.h"
#include "rehearsal/definitions.h"
#include "rehearsal/dry_run.h"
#include "rehearsal/handover.h"
#include "rehearsal/judge.h"
#include "rehearsal/manifest.h"
#include "rehearsal/ownership.h"
#include "rehearsal/stage.h"

namespace rehearsal {
namespace {

using base::Json;

// A conflict over the resourceVersion; one between field managers has causes.
bool is_outdated(Reply const& reply) {
  if (reply.status != 409) return false;
  auto const status = base::parse_json(reply.body).value_or(Json());
  return status["reason"].str() == "Conflict" && status["details"]["causes"].items().empty();
}

bool is_built_in(std::string const& group) {
  static constexpr std::array all = {"", "apps", "batch", "autoscaling", "policy", "extensions", "networking.k8s.io",
                                     "rbac.authorization.k8s.io", "storage.k8s.io", "apiextensions.k8s.io",
                                     "admissionregistration.k8s.io", "scheduling.k8s.io", "coordination.k8s.io"};
  return std::find(all.begin(), all.end(), group) != all.end();
}

// Whether the apply takes something out of the live object that a dry run leaves in it.
bool takes_out(Recorded const& write, Json const& handed_over) {
  auto const config = base::parse_json(write.body);
  return config && after_handover(write.before, handed_over, as_stored(*config)).patch.has_value();
}

}  // namespace

asio::awaitable<void> Stage::judge(Mark mark) {
  auto const group = played_.writes[mark].target.group;
  auto const version = played_.writes[mark].target.version;
  if (defined_in(played_.layer, group, version)) {
    played_.writes[mark].not_asked = "the definition of its kind comes with the same upgrade";
    co_return;
  }
  if (!co_await served_by_the_server(group, version)) {
    played_.writes[mark].not_asked = "another server serves " + group + " (an aggregated API), and it may not know dry runs";
    co_return;
  }
  auto ask = dry_run_of(played_.writes[mark], played_.layer);
  auto again = forced(ask, played_.writes[mark].target);
  auto repeated = ask;
  auto reply = co_await upstream_.ask(std::move(ask));
  if (is_outdated(reply)) reply = co_await with_fresh_version(mark, std::move(repeated), std::move(reply));
  bool const handed_over = handed_over_.contains(played_.writes[mark].target.key());
  if (reply.status == 409 && (handed_over || direction_.past_ownership)) {
    if (handed_over) reply = without_own_conflicts(reply);
    if (direction_.past_ownership && reply.status != 0) reply = without_ownership_conflicts(reply);
    if (reply.status == 0) {  // none is left that Helm would meet: with force, it is the validation that answers
      reply = co_await upstream_.ask(std::move(again));
    }
  }
  if (handed_over && reply.ok()) reply = co_await handed_over_first(mark, std::move(reply));
  auto& write = played_.writes[mark];
  if (handed_over && takes_out(write, handed_over_.at(write.target.key())))
    write.refusal_doubt = "Helm hands its fields over to server-side apply, and what it takes out then is still there now";
  write.reply = std::move(reply);
  kept_ += write.reply.body.size();
  if (write.reply.ok()) take_in(write);
}

// An object may have moved on since it was read, its status mostly. Helm itself reads right before it writes.
asio::awaitable<Reply> Stage::with_fresh_version(Mark mark, Ask ask, Reply outdated) {
  auto const old = played_.writes[mark].before["metadata"]["resourceVersion"].str();
  Ask question{"GET", played_.writes[mark].target.path, {}, {}, "application/json", {}, true};
  auto const answer = co_await upstream_.ask(std::move(question));
  auto const live = answer.ok() ? base::parse_json(answer.body) : std::nullopt;
  auto const at = old.empty() || !live ? std::string::npos : ask.body.find('"' + old + '"');
  if (at == std::string::npos) co_return outdated;
  ask.body.replace(at + 1, old.size(), (*live)["metadata"]["resourceVersion"].str());
  co_return co_await upstream_.ask(std::move(ask));
}

// What the API server says of an apply before which Helm will have handed its fields over.
asio::awaitable<Reply> Stage::handed_over_first(Mark mark, Reply applied) {
  auto const& write = played_.writes[mark];
  auto const answer = base::parse_json(applied.body), config = base::parse_json(write.body);
  if (!is_apply(write.content_type) || write.renamed || !answer || !config) co_return applied;
  auto const after = after_handover(*answer, handed_over_.at(write.target.key()), as_stored(*config));
  if (!after.patch) co_return applied;
  Ask ask{"PATCH", write.target.path + "?dryRun=All&fieldManager=helm", *after.patch, "application/json-patch+json", "application/json"};
  // From here on other writes may come and move the list of them.
  bool const custom = !is_built_in(played_.writes[mark].target.group);  // its schema may refuse a null
  bool const may_leave_parts = (after.takes_structs || (custom && after.takes_lists)) && co_await is_old_server();
  auto reply = co_await upstream_.ask(std::move(ask));
  if (may_leave_parts) played_.writes[mark].doubt = "server-side apply before Kubernetes 1.21 may leave parts of what Helm no longer writes";
  // Null, nothing or an empty one: that differs between versions of Kubernetes.
  if (custom && after.empties)
    played_.writes[mark].doubt = "Helm hands its fields over to server-side apply, and what becomes of a list or struct in which nothing is left differs";
  if (!after.same_version) played_.writes[mark].doubt = "it was written in another API version, and Helm hands its fields over to server-side apply";
  reply.warnings.insert(reply.warnings.begin(), applied.warnings.begin(), applied.warnings.end());
  co_return reply;
}

asio::awaitable<bool> Stage::is_old_server() {
  Ask ask{"GET", "/version", {}, {}, "application/json"};
  auto const reply = co_await upstream_.ask(std::move(ask));
  auto const version = base::parse_json(reply.body).value_or(Json());
  co_return version["major"].str() == "1" && std::atoi(version["minor"].str().c_str()) < 21;
}

// What the layer has of an object, but for what goes when Helm hands its fields over.
Json Stage::left_of_earlier(Recorded const& write) const {
  auto const fields = handed_over_.find(write.target.key());
  auto const config = is_apply(write.content_type) ? base::parse_json(write.body) : std::nullopt;
  if (fields == handed_over_.end() || !config) return write.before;
  return after_handover(write.before, fields->second, as_stored(*config)).left;
}

// Puts what the API server made of an accepted write into the layer.
void Stage::take_in(Recorded& write) {
  auto object = base::parse_json(write.reply.body);
  if (!object || !is_kubernetes_object(*object)) return;
  auto const name = (*object)["metadata"]["name"].str();
  if (write.target.name.empty()) write.target.name = name;  // a protobuf body, whose name we could not read
  if (write.renamed) object->set("metadata").set("name") = write.target.name;
  if (write.on_changed && write.method == "PATCH") keep_marks(*object, left_of_earlier(write), base::parse_json(write.body).value_or(Json()));
  if (direction_.show_ownership && !is_helm_record(write.target.key())) show_ownership(*object);  // a person will have written it before
  auto const key = write.target.key();
  if (handed_over_.contains(key)) forget_own_updates(*object);
  write.after = *object;
  auto const* entry = played_.layer.find(key);
  bool const is_live = entry ? entry->live : !write.creates;
  if (write.creates && !write.renamed) *object = as_created(std::move(*object), write.target);
  played_.layer.put(key, std::move(*object), is_live);
}

// Only what the API server serves itself is asked: an aggregated API may not know dry runs, and would store the object.
asio::awaitable<bool> Stage::served_by_the_server(std::string group, std::string version) {
  if (is_built_in(group)) co_return true;
  auto const name = version + "." + group;
  if (auto const known = served_.find(name); known != served_.end()) co_return known->second;
  Ask ask{"GET", "/apis/apiregistration.k8s.io/v1/apiservices/" + name, {}, {}, "application/json"};
  auto const reply = co_await upstream_.ask(std::move(ask));
  auto const service = reply.ok() ? base::parse_json(reply.body) : std::nullopt;
  bool const own = service && (*service)["kind"].str() == "APIService" && (*service)["spec"]["service"].is_null();
  co_return served_[name] = own;
}

}  // namespace rehearsal
