#include "rehearsal/stage.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "rehearsal/conflicts.h"
#include "rehearsal/dry_run.h"
#include "rehearsal/handover.h"
#include "rehearsal/judge.h"
#include "rehearsal/manifest.h"
#include "rehearsal/ownership.h"

namespace rehearsal {
namespace {

using base::Json;

constexpr std::size_t most_kept = 256u << 20;  // bytes of what Helm sent and was sent
constexpr std::size_t most_writes = 50'000;
constexpr std::size_t most_refused = 1000;

bool is_json(Ask const& ask) {
  return ask.content_type.find("protobuf") == std::string::npos && ask.body.starts_with('{');
}

// A conflict over the resourceVersion; one between field managers has causes.
bool is_outdated(Reply const& reply) {
  if (reply.status != 409) return false;
  auto const status = base::parse_json(reply.body).value_or(Json());
  return status["reason"].str() == "Conflict" && status["details"]["causes"].items().empty();
}

std::string kind_of_record(Target const& target) { return target.resource == "secrets" ? "Secret" : "ConfigMap"; }

}  // namespace

Stage::Stage(Upstream& upstream, Direction direction, Layer layer) : Stage(upstream, std::move(direction)) {
  raise_curtain(std::move(layer));
}

void Stage::raise_curtain(Layer layer) {
  played_.layer = std::move(layer);
  curtain_.come();
}

asio::awaitable<Reply> Stage::play(Ask ask) {
  struct Playing {
    explicit Playing(int& number) : count(++number) {}
    ~Playing() { --count; }
    int& count;
  } const playing(playing_);
  co_return co_await respond(std::move(ask));
}

asio::awaitable<Reply> Stage::respond(Ask ask) {
  using Shape = Target::Shape;
  co_await curtain_.wait();
  auto target = parse_target(ask.target);
  auto const& method = ask.method;
  if (played_.agent.empty()) played_.agent = ask.agent;
  if (kept_ > most_kept || played_.writes.size() >= most_writes)
    co_return status_reply(413, "RequestEntityTooLarge", "a rehearsal keeps " + std::to_string(most_kept >> 20) + " MiB of objects and " +
                                                             std::to_string(most_writes) + " writes at most");
  bool const watch = target.query_value("watch") == "true" || target.query_value("watch") == "1";
  if (method == "GET" && !watch) {
    ++played_.reads;
    ask.body.clear();  // the API server has no use for it
    if (target.shape == Shape::passed) co_return co_await pass(std::move(ask), std::move(target));
    if (target.shape == Shape::collection) co_return co_await list(std::move(ask), std::move(target));
    if (target.shape == Shape::object) co_return co_await read(std::move(target));
  }
  if (method == "POST" && target.shape == Shape::access_review) co_return co_await pass(std::move(ask), std::move(target));
  if (method == "POST" && target.shape == Shape::collection) co_return co_await create(std::move(ask), std::move(target));
  if (target.shape == Shape::object) {
    if (method == "PUT" || method == "PATCH") co_return co_await change(std::move(ask), std::move(target));
    if (method == "DELETE") co_return co_await remove(std::move(ask), std::move(target));
  }
  if (played_.refused.size() < most_refused) played_.refused.push_back(method + " " + target.path);
  co_return status_reply(405, "MethodNotAllowed", "a rehearsal does not pass " + method + " " + target.path);
}

asio::awaitable<Reply> Stage::pass(Ask ask, Target target) {
  if (target.path.starts_with("/openapi")) played_.schema_asked = true;
  ask.target = target.path + upstream_query(target, ask.method != "GET");
  co_return co_await upstream_.ask(std::move(ask));
}

// Whole where Helm looks into it and it can be read.
asio::awaitable<Json> Stage::record_shown(Target target, Json metadata) {
  Ask question{"GET", path_of("v1", target.resource, target.name_space, target.name), {}, {}, "application/json"};
  auto const one = co_await upstream_.ask(std::move(question));
  auto object = one.ok() ? base::parse_json(one.body) : std::nullopt;
  co_return object ? std::move(*object) : outline_of(metadata, kind_of_record(target));
}

asio::awaitable<Reply> Stage::list_records(Ask ask, Target target) {
  ask.target = target.path + upstream_query(target, false);
  ask.accept = "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1,application/json";
  auto reply = co_await upstream_.ask(std::move(ask));
  auto answer = reply.ok() ? base::parse_json(reply.body) : std::nullopt;
  if (!reply.ok()) co_return reply;
  if (!answer) co_return status_reply(502, "InternalError", "the API server's list is no JSON");
  if ((*answer)["kind"].str() == "PartialObjectMetadataList") {
    auto const whole = looked_into(*answer);
    answer->set("apiVersion") = "v1";
    answer->set("kind") = kind_of_record(target) + "List";
    for (auto& item : answer->set("items").make_array()) {
      auto record = target;
      record.name_space = item["metadata"]["namespace"].str();
      record.name = item["metadata"]["name"].str();
      auto metadata = item["metadata"];
      if (whole.contains(record.name) && !played_.layer.find(record.key())) {
        item = co_await record_shown(std::move(record), std::move(metadata));
      } else {
        item = outline_of(metadata, kind_of_record(record));
      }
    }
  }
  played_.layer.merge_into(*answer, target);
  co_return json_reply(200, *answer);
}

asio::awaitable<Reply> Stage::list(Ask ask, Target target) {
  if (lists_records(target)) co_return co_await list_records(std::move(ask), std::move(target));
  bool const touched = played_.layer.touches(target);
  if (touched) ask.accept = "application/json";
  ask.target = target.path + upstream_query(target, false);
  auto reply = co_await upstream_.ask(std::move(ask));
  if (!touched || !reply.ok()) co_return reply;
  auto answer = base::parse_json(reply.body);
  if (!answer) co_return status_reply(502, "InternalError", "the API server's list is no JSON");
  played_.layer.merge_into(*answer, target);
  reply.body = base::to_text(*answer);
  co_return reply;
}

asio::awaitable<Reply> Stage::live(Target target) {
  Ask ask{"GET", target.path + upstream_query(target, false), {}, {}, "application/json"};
  auto reply = co_await upstream_.ask(std::move(ask));
  kept_ += reply.body.size();
  if (auto object = reply.ok() ? base::parse_json(reply.body) : std::nullopt) played_.live[target.key()] = std::move(*object);
  co_return reply;
}

asio::awaitable<Reply> Stage::read(Target target) {
  auto const key = target.key();
  co_await turns_.quiet(key);
  auto const* entry = played_.layer.find(key);
  if (entry && !entry->object) co_return not_found(target);
  if (entry && entry->api_version == target.api_version()) co_return json_reply(200, *entry->object);
  if (is_helm_record(key) && !entry) {  // passed on as it is: it may be large
    Ask ask{"GET", target.path + upstream_query(target, false), {}, {}, "application/json"};
    co_return co_await upstream_.ask(std::move(ask));
  }
  auto reply = co_await live(target);
  entry = played_.layer.find(key);
  if (entry && entry->object && !reply.ok()) {
    auto object = *entry->object;  // it is only in the layer, and was written under another API version
    object.set("apiVersion") = target.api_version();
    co_return json_reply(200, object);
  }
  if (!reply.ok()) co_return reply;
  auto object = played_.live[key];
  if (entry && entry->object) {  // changed under another API version: what both versions share is the metadata
    object.set("metadata") = (*entry->object)["metadata"];
    co_return json_reply(200, object);
  }
  if (direction_.show_ownership && played_.schema_asked) {
    show_ownership(object);
    co_return json_reply(200, object);
  }
  co_return reply;
}

void Stage::show_ownership(Json& object) const { own(object, direction_.release, direction_.name_space); }

asio::awaitable<Json> Stage::current(Target target) {
  auto const key = target.key();
  co_await turns_.quiet(key);
  Json object;
  if (auto const* entry = played_.layer.find(key)) {
    if (entry->object) object = *entry->object;
    co_return object;
  }
  if (!played_.live.contains(key)) {
    auto const reply = co_await live(target);
    if (!reply.ok()) co_return object;
  }
  object = played_.live[key];
  co_return object;
}

Stage::Mark Stage::record(Ask const& ask, Target const& target) {
  Recorded write{.method = ask.method, .target = target, .body = ask.body, .content_type = ask.content_type};
  kept_ += ask.body.size();
  played_.writes.push_back(std::move(write));
  return played_.writes.size() - 1;
}

asio::awaitable<Reply> Stage::create(Ask ask, Target target) {
  auto body = is_json(ask) ? base::parse_json(ask.body) : std::nullopt;
  if (!body && ask.content_type.find("protobuf") == std::string::npos)
    co_return status_reply(400, "BadRequest", "the body is no JSON object");
  if (body) target.name = (*body)["metadata"]["name"].str_or((*body)["metadata"]["generateName"].str() + "x0000");
  auto const key = target.key();
  auto const* entry = body ? played_.layer.find(key) : nullptr;
  if (entry && entry->object) {
    co_return status_reply(409, "AlreadyExists", target.resource + " \"" + target.name + "\" already exists");
  }
  auto const mark = record(ask, target);
  auto& write = played_.writes[mark];
  write.creates = true;
  write.renamed = entry && entry->live;
  if (write.renamed) write.doubt = hidden_by_renaming(*body, played_.live[key]);
  bool const ends = direction_.only_renders && is_helm_record(key);
  if (ends && body) write.not_asked = "only what the chart renders is wanted";
  Json shown;
  if (body) shown = as_created(std::move(*body), target);
  auto reply = co_await answer(mark, std::move(shown));
  if (ends) co_return status_reply(403, "Forbidden", "only what the chart renders is wanted");
  co_return reply;
}

asio::awaitable<Reply> Stage::change(Ask ask, Target target) {
  bool const apply = ask.content_type.find("apply-patch") != std::string::npos;
  auto before = co_await current(target);
  if (before.is_null() && !apply && ask.method == "PATCH") co_return not_found(target);
  auto const mark = record(ask, target);
  auto& write = played_.writes[mark];
  auto const* entry = played_.layer.find(target.key());
  if (auto fields = write.content_type.find("json-patch") == std::string::npos ? Json() : handed_over(ask.body); !fields.is_null())
    handed_over_[target.key()] = std::move(fields);
  write.creates = before.is_null();
  bool const anew = entry && entry->object && entry->remade;
  bool const patch = ask.method == "PATCH" && !apply;
  write.renamed = entry && entry->live && (!entry->object || (anew && !patch));
  write.on_changed = entry && entry->object && entry->live && !anew;
  if (patch && entry && entry->object && !entry->live) write.not_asked = "it changes an object that exists only in the rehearsal";
  if (patch && anew) write.not_asked = "it changes an object that is made anew before";
  if (write.renamed) write.doubt = hidden_by_renaming(base::parse_json(ask.body).value_or(Json()), played_.live[target.key()]);
  write.before = before;
  auto shown = std::move(before);
  if (auto body = is_json(ask) && (ask.method == "PUT" || shown.is_null()) ? base::parse_json(ask.body) : std::nullopt)
    shown = as_created(std::move(*body), target);
  co_return co_await answer(mark, std::move(shown));
}

asio::awaitable<Reply> Stage::remove(Ask ask, Target target) {
  auto const key = target.key();
  Json before(Json::Object{});
  if (!is_helm_record(key)) before = co_await current(target);  // Helm has just read its record, and we need not
  if (before.is_null()) co_return not_found(target);
  auto const* entry = played_.layer.find(key);
  bool const is_live = entry ? entry->live : true;
  auto const mark = record(ask, target);
  auto& write = played_.writes[mark];
  write.before = std::move(before);
  write.not_asked = "a DELETE is never sent, not even as a dry run";
  played_.layer.remove(key, is_live);
  co_return json_reply(200, Json::Object{{"kind", "Status"}, {"apiVersion", "v1"}, {"metadata", Json::Object{}}, {"status", "Success"}});
}

// Answers a write that was recorded: `shown` is what Helm sees before there is a verdict (null: it has to wait for it).
asio::awaitable<Reply> Stage::answer(Mark mark, Json shown) {
  bool const wait = direction_.answering == Answering::faithful || shown.is_null();
  auto const executor = co_await asio::this_coro::executor;
  auto const status = played_.writes[mark].creates ? 201 : 200;
  auto const key = played_.writes[mark].target.key();
  if (!wait || !played_.writes[mark].not_asked.empty()) {
    auto const* entry = played_.layer.find(key);
    bool const is_live = entry ? entry->live : !played_.writes[mark].creates;
    played_.layer.put(key, shown, is_live);
  }
  if (!played_.writes[mark].not_asked.empty()) co_return json_reply(status, shown);
  if (!wait) {
    turns_.announce(key);
    asio::co_spawn(executor, judge_in_turn(mark, key), asio::detached);
    co_return json_reply(status, shown);
  }
  co_await judge(mark);
  auto const& write = played_.writes[mark];  
  if (!write.not_asked.empty()) {
    played_.layer.put(key, shown, !write.creates);
    co_return json_reply(status, shown);
  }
  if (!write.reply.ok()) co_return write.reply;
  auto const* entry = played_.layer.find(write.target.key());
  co_return entry && entry->object ? json_reply(status, *entry->object) : json_reply(status, shown);
}

asio::awaitable<void> Stage::judge_in_turn(Mark mark, Key key) {
  co_await turns_.enter();
  co_await judge(mark);
  turns_.leave(key);
}

asio::awaitable<void> Stage::judge(Mark mark) {
  auto const group = played_.writes[mark].target.group;
  auto const version = played_.writes[mark].target.version;
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
  bool const apply = write.content_type.find("apply-patch") != std::string::npos && !write.renamed;
  if (!apply || !answer || !config) co_return applied;
  auto const after = after_handover(*answer, handed_over_.at(write.target.key()), as_stored(*config));
  if (!after.patch) co_return applied;
  Ask ask{"PATCH", write.target.path + "?dryRun=All&fieldManager=helm", *after.patch, "application/json-patch+json", "application/json"};
  // From here on other writes may come and move the list of them.
  bool const may_leave_parts = after.takes_structs && co_await is_old_server();
  auto reply = co_await upstream_.ask(std::move(ask));
  if (may_leave_parts) played_.writes[mark].doubt = "server-side apply before Kubernetes 1.21 may leave parts of what Helm no longer writes";
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

// Puts what the API server made of an accepted write into the layer.
void Stage::take_in(Recorded& write) {
  auto object = base::parse_json(write.reply.body);
  if (!object || !is_kubernetes_object(*object)) return;
  auto const name = (*object)["metadata"]["name"].str();
  if (write.target.name.empty()) write.target.name = name;  // a protobuf body, whose name we could not read
  if (write.renamed) object->set("metadata").set("name") = write.target.name;
  if (write.on_changed && write.method == "PATCH") keep_marks(*object, write.before, base::parse_json(write.body).value_or(Json()));
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
  static constexpr std::array built_in = {"", "apps", "batch", "autoscaling", "policy", "extensions", "networking.k8s.io",
                                          "rbac.authorization.k8s.io", "storage.k8s.io", "apiextensions.k8s.io",
                                          "admissionregistration.k8s.io", "scheduling.k8s.io", "coordination.k8s.io"};
  if (std::find(built_in.begin(), built_in.end(), group) != built_in.end()) co_return true;
  auto const name = version + "." + group;
  if (auto const known = served_.find(name); known != served_.end()) co_return known->second;
  Ask ask{"GET", "/apis/apiregistration.k8s.io/v1/apiservices/" + name, {}, {}, "application/json"};
  auto const reply = co_await upstream_.ask(std::move(ask));
  auto const service = reply.ok() ? base::parse_json(reply.body) : std::nullopt;
  bool const own = service && (*service)["kind"].str() == "APIService" && (*service)["spec"]["service"].is_null();
  co_return served_[name] = own;
}

}  // namespace rehearsal
