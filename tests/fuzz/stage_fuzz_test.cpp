// A Helm that asks for anything, in front of an API server that answers anything.
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/test/unit_test.hpp>

#include "chance.h"
#include "harmless.h"
#include "rehearsal/stage.h"

namespace {

using namespace rehearsal;

struct Texts {
  std::vector<std::string> targets = fuzz::corpus("targets"), target_pieces = fuzz::corpus("target-pieces");
  std::vector<std::string> documents = fuzz::corpus("documents"), document_pieces = fuzz::corpus("document-pieces");
};

// Answers something by chance, some time later, and looks at what it is asked.
class StrangeUpstream : public Upstream {
 public:
  StrangeUpstream(fuzz::Chance& chance, Texts const& texts) : chance_(chance), texts_(texts) {}

  asio::awaitable<Reply> ask(Ask ask) override {
    if (harm.empty()) harm = fuzz::harm_of(ask);
    ++asked;
    auto const executor = co_await asio::this_coro::executor;
    for (auto turns = chance_.below(4); turns > 0; --turns) co_await asio::post(executor, asio::use_awaitable);
    static constexpr int statuses[] = {0, 100, 200, 200, 200, 200, 201, 204, 301, 400, 403, 404, 404, 409, 409, 422, 429, 500, 503, 999};
    Reply reply{chance_.pick(statuses), "application/json", fuzz::mutated(chance_.pick(texts_.documents), texts_.document_pieces, chance_), {}};
    if (chance_.one_in(2)) reply.body = chance_.pick(texts_.documents);
    co_return reply;
  }

  std::string harm;
  int asked = 0;

 private:
  fuzz::Chance& chance_;
  Texts const& texts_;
};

Ask some_ask(fuzz::Chance& chance, Texts const& texts) {
  static std::string const methods[] = {"GET", "GET", "POST", "PUT", "PATCH", "PATCH", "DELETE", "HEAD", "OPTIONS", "CONNECT", "get", "X\r\nY"};
  static std::string const types[] = {"application/json", "application/json", "application/strategic-merge-patch+json",
                                      "application/merge-patch+json", "application/json-patch+json", "application/apply-patch+yaml",
                                      "application/vnd.kubernetes.protobuf", "text/plain", ""};
  Ask ask{chance.pick(methods), chance.pick(texts.targets), chance.pick(texts.documents), chance.pick(types), "application/json"};
  if (chance.one_in(3)) ask.target = fuzz::mutated(ask.target, texts.target_pieces, chance);
  if (chance.one_in(3)) ask.body = fuzz::mutated(ask.body, texts.document_pieces, chance);
  if (chance.one_in(20)) ask.body.clear();
  return ask;
}

Direction some_direction(fuzz::Chance& chance) {
  return {.answering = chance.one_in(2) ? Answering::collect : Answering::faithful,
          .show_ownership = chance.one_in(3),
          .past_ownership = chance.one_in(3),
          .release = "coder",
          .name_space = "c"};
}

Layer some_layer(fuzz::Chance& chance, Texts const& texts) {
  Layer layer;
  for (auto* path : {"/api/v1/namespaces/c/services/d", "/apis/networking.k8s.io/v1/namespaces/c/ingresses/w", "/api/v1/namespaces/c/services/n"}) {
    auto const key = parse_target(path).key();
    auto object = base::parse_json(chance.pick(texts.documents)).value_or(base::Json());
    switch (chance.below(6)) {
      case 0: layer.put(key, std::move(object), chance.one_in(2)); break;
      case 1: layer.remove(key, chance.one_in(2)); break;
      case 2: layer.remake(key, std::move(object)); break;
      default: break;
    }
  }
  return layer;
}

// Up to 30 requests, some at the same time, and the stage taken away where some may still wait for their answers.
std::string session(fuzz::Chance& chance, Texts const& texts) {
  asio::io_context context{1};
  StrangeUpstream upstream(chance, texts);
  Stage stage(upstream, some_direction(chance), some_layer(chance, texts));
  std::string trouble;
  auto const ended = [&](std::exception_ptr error, Reply const&) {
    if (error) trouble = "an exception left the stage";
  };
  std::optional<Played> taken;
  for (auto requests = 1 + chance.below(30); requests > 0; --requests) {
    asio::co_spawn(context, stage.play(some_ask(chance, texts)), ended);
    if (chance.one_in(2)) {
      context.restart();
      context.poll();
    }
    if (!taken && chance.one_in(60)) taken = stage.take();
  }
  bool settled = false;
  asio::co_spawn(context, stage.settled(), [&](std::exception_ptr error) { settled = !error; });
  if (!taken) taken = stage.take();
  context.restart();
  context.run();
  if (!settled) return "a verdict never came";
  for (auto const& write : taken->writes)
    if (!write.not_asked.empty() && write.reply.status != 0) return "asked, and said not to be";
  return trouble.empty() ? upstream.harm : trouble;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stage_fuzz)

BOOST_AUTO_TEST_CASE(whatever_helm_asks_only_what_is_harmless_leaves) {
  Texts const texts;
  fuzz::rounds(2000, [&](fuzz::Chance& chance) { return session(chance, texts); });
}

BOOST_AUTO_TEST_CASE(a_target_of_an_allowed_shape_is_harmless_with_any_query) {
  auto const seeds = fuzz::corpus("targets"), parts = fuzz::corpus("target-pieces");
  fuzz::rounds(20000, [&](fuzz::Chance& chance) -> std::string {
    using Shape = Target::Shape;
    auto const target = parse_target(fuzz::mutated(chance.pick(seeds), parts, chance));
    if (target.shape == Shape::refused) return {};
    bool const review = target.shape == Shape::access_review, collection = target.shape == Shape::collection;
    if (!review)
      if (auto harm = fuzz::harm_of({"GET", target.path + upstream_query(target, false), {}, {}, {}}); !harm.empty()) return harm;
    if (target.shape == Shape::passed) return {};
    return fuzz::harm_of({review || collection ? "POST" : "PATCH", target.path + upstream_query(target, true), {}, {}, {}});
  });
}

BOOST_AUTO_TEST_SUITE_END()
