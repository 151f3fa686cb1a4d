#include "rehearsal/stage.h"

#include <algorithm>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "rehearsal/definitions.h"
#include "rehearsal/dry_run.h"
#include "rehearsal/handover.h"
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
  bool const lacks = ask.method == "GET" && is_discovery_of_more(played_.layer, target.path);
  if (lacks) ask.accept = "application/json";  // not all groups in one answer
  auto reply = co_await upstream_.ask(std::move(ask));
  if (!lacks || (!reply.ok() && reply.status != 404)) co_return reply;
  auto answer = reply.ok() ? base::parse_json(reply.body).value_or(Json()) : Json();
  answer = with_definitions(played_.layer, target.path, std::move(answer));
  co_return answer.is_null() ? reply : json_reply(200, answer);
}

asio::awaitable<Reply> Stage::list(Ask ask, Target target) {
  if (lists_records(target)) co_return co_await archive_.list(std::move(target), played_.layer);
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
  if (auto const* outline = archive_.outline(key); outline && !entry) co_return json_reply(200, *outline);
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
  // Where it was refused, no answer has named it.
  if (auto& refused = played_.writes[mark].target; refused.name.empty()) refused.name = record_name_in(ask.body);
  if (ends) co_return status_reply(403, "Forbidden", "only what the chart renders is wanted");
  co_return reply;
}

// By the same Helm, and not only to hand its fields over to server-side apply.
bool Stage::is_written_before(Mark mark) const {
  auto const& writes = played_.writes;
  auto const key = writes[mark].target.key();
  return std::any_of(writes.begin(), writes.begin() + static_cast<std::ptrdiff_t>(mark), [&](Recorded const& write) {
    return write.target.key() == key && !is_json_patch(write.content_type);
  });
}

asio::awaitable<Reply> Stage::change(Ask ask, Target target) {
  bool const apply = is_apply(ask.content_type);
  auto before = co_await current(target);
  if (before.is_null() && !apply && ask.method == "PATCH") co_return not_found(target);
  auto const mark = record(ask, target);
  auto& write = played_.writes[mark];
  auto const* entry = played_.layer.find(target.key());
  if (auto fields = is_json_patch(write.content_type) ? handed_over(ask.body) : Json(); !fields.is_null())
    handed_over_[target.key()] = std::move(fields);
  write.creates = before.is_null();
  bool const anew = entry && entry->object && entry->remade;
  bool const patch = ask.method == "PATCH" && !apply;
  write.renamed = entry && entry->live && (!entry->object || (anew && !patch));
  write.on_changed = entry && entry->object && entry->live && !anew;
  bool const only_here = entry && entry->object && !entry->live;
  if (patch && only_here) write.not_asked = "it changes an object that exists only in the rehearsal";
  if (!patch && only_here && !is_helm_record(target.key())) write.doubt = "it changes an object that exists only in the rehearsal, and was judged as a new one";
  if (patch && anew) write.not_asked = "it changes an object that is made anew before";
  if (write.renamed) write.doubt = hidden_by_renaming(base::parse_json(ask.body).value_or(Json()), played_.live[target.key()]);
  if (write.on_changed && is_written_before(mark))
    write.doubt = write.refusal_doubt = "the upgrade writes it twice, and the second time was judged against the object as it is now";
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

}  // namespace rehearsal
