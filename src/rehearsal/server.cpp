#include "rehearsal/server.h"

#include <pthread.h>

#include <future>
#include <stdexcept>
#include <thread>
#include <vector>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include "base/bytes.h"
#include "rehearsal/door.h"
#include "rehearsal/proxy_upstream.h"
#include "rehearsal/schemas.h"

namespace rehearsal {
namespace {

constexpr auto identity_limit = std::chrono::seconds(30);
constexpr std::size_t token_bytes = 16;

}  // namespace

struct Server::Parts {
  Parts(std::string socket, std::string prefix, std::string schemas_folder)
      : work(context.get_executor()),
        door(context, [this](std::string_view& target) { return stage_of(target); }),
        proxy(std::move(socket), std::move(prefix)),
        schemas(proxy, std::move(schemas_folder)),
        upstream(schemas) {}

  std::shared_ptr<Stage> stage_of(std::string_view& target) const;
  std::shared_ptr<Stage> stage_at(std::string_view url) const;

  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work;
  Door door;
  ProxyUpstream proxy;
  KeptSchemas schemas;
  RememberingUpstream upstream;
  std::vector<std::pair<std::string, std::shared_ptr<Stage>>> stages;
  std::vector<std::shared_ptr<Stage>> ended;  // kept, since a late verdict may still come for one
  std::shared_future<std::string> identity;
  std::thread thread;
};

// Takes "/TOKEN" off the target. Every stage is compared, so that the time tells nothing.
std::shared_ptr<Stage> Server::Parts::stage_of(std::string_view& target) const {
  std::shared_ptr<Stage> found;
  auto const token = target.substr(0, 1 + 2 * token_bytes);
  for (auto const& [path, stage] : stages)
    if (base::equal_in_constant_time(path, token)) found = stage;
  if (found) target.remove_prefix(token.size());
  return found;
}

std::shared_ptr<Stage> Server::Parts::stage_at(std::string_view url) const {
  auto token = url.substr(url.rfind('/'));
  return stage_of(token);
}

Server::Server(std::string socket, std::string prefix, std::string schemas)
    : parts_(std::make_unique<Parts>(std::move(socket), std::move(prefix), std::move(schemas))) {
  asio::co_spawn(parts_->context, parts_->door.welcome(), asio::detached);
  parts_->identity = asio::co_spawn(parts_->context, parts_->upstream.identity(), asio::use_future);
  parts_->thread = std::thread([this] { parts_->context.run(); });
  pthread_setname_np(parts_->thread.native_handle(), "rehearsal");
}

Server::~Server() {
  parts_->context.stop();
  parts_->thread.join();
}

unsigned short Server::port() const { return parts_->door.port(); }

Server::Requests Server::requests() const {
  return asio::post(parts_->context, asio::use_future([&] { return Requests{parts_->door.answered(), parts_->proxy.requests()}; })).get();
}

std::vector<Read> Server::reads() const {
  return asio::post(parts_->context, asio::use_future([&] { return parts_->upstream.reads(); })).get();
}

void Server::keep_schemas() {
  write_schemas(asio::post(parts_->context, asio::use_future([&] { return parts_->schemas.take_new(); })).get());
}

std::vector<Server::Asked> Server::slowest() const {
  return asio::post(parts_->context, asio::use_future([&] { return parts_->proxy.slowest(); })).get();
}

std::string Server::identity() {
  try {
    return parts_->identity.wait_for(identity_limit) == std::future_status::ready ? parts_->identity.get() : "";
  } catch (std::exception const&) {
    return {};
  }
}

void Server::remember_objects() {
  asio::post(parts_->context, [this] { parts_->upstream.remember_objects(); });
}

void Server::foresee(std::vector<Read> reads) {
  asio::co_spawn(parts_->context, parts_->upstream.foresee(std::move(reads)), asio::detached);
}

void Server::forget_objects() {
  asio::post(parts_->context, [this] { parts_->upstream.forget_objects(); });
}

std::vector<clients::Answer> Server::read_all(std::vector<clients::Request> const& requests) {
  std::vector<std::future<Reply>> coming;
  for (auto const& request : requests) {
    Ask ask{"GET", request.target, {}, {}, request.accept};
    coming.push_back(asio::co_spawn(parts_->context, parts_->upstream.ask(std::move(ask)), asio::use_future));
  }
  std::vector<clients::Answer> answers;
  for (auto& reply : coming) {
    auto come = reply.get();
    answers.push_back({come.status, {}, std::move(come.body)});
  }
  return answers;
}

std::string Server::open(Direction direction) {
  auto const token = "/" + base::random_hex(token_bytes);
  asio::post(parts_->context, asio::use_future([&] {
    parts_->stages.emplace_back(token, std::make_shared<Stage>(parts_->upstream, std::move(direction)));
  })).get();
  return "http://127.0.0.1:" + std::to_string(port()) + token;
}

void Server::raise_curtain(std::string const& url, Layer layer) {
  asio::post(parts_->context, asio::use_future([&] {
    if (auto const stage = parts_->stage_at(url)) stage->raise_curtain(std::move(layer));
  })).get();
}

Played Server::close(std::string const& url, std::chrono::milliseconds limit) {
  std::shared_ptr<Stage> stage;
  asio::post(parts_->context, asio::use_future([&] {
    stage = parts_->stage_at(url);
    std::erase_if(parts_->stages, [&](auto const& each) { return each.second == stage; });
    if (stage) parts_->ended.push_back(stage);
  })).get();
  if (!stage) throw std::logic_error("there is no such stage");
  asio::co_spawn(parts_->context, stage->settled(), asio::use_future).wait_for(limit);
  return asio::post(parts_->context, asio::use_future([&] { return stage->take(); })).get();
}

}  // namespace rehearsal
