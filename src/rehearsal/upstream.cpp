#include "rehearsal/upstream.h"

#include <algorithm>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/bytes.h"

namespace rehearsal {
namespace {

constexpr std::size_t foreseen_side_by_side = 16;

// A list of resources comes as JSON, whatever else is accepted; only the lists of groups and the schema have other forms.
bool is_resource_list(std::string const& path) {
  return path == "/api/v1" || (path.starts_with("/apis/") && path.find('/', 6) != std::string::npos);
}

}  // namespace

asio::awaitable<Reply> RememberingUpstream::ask(Ask ask) {
  auto const target = parse_target(ask.target);
  bool const object = objects_ && target.shape == Target::Shape::object;
  if (ask.method != "GET" || (target.shape != Target::Shape::passed && !object)) co_return co_await behind_.ask(std::move(ask));
  if (object || is_resource_list(target.path)) ask.accept = "application/json";
  auto key = ask.accept + " " + ask.target;
  auto const found = known_.find(key);
  // A record may be large, and Helm reads each but once.
  if (found == known_.end() && object && is_helm_record(target.key())) co_return co_await behind_.ask(std::move(ask));
  if (found == known_.end()) co_return co_await remember(std::move(ask), std::move(key), object);
  auto const known = found->second;
  co_await known->there.wait();
  co_return known->reply;
}

asio::awaitable<Reply> RememberingUpstream::remember(Ask ask, std::string key, bool object) {
  auto const known = std::make_shared<Known>();
  known->object = object;
  known_[key] = known;
  known->reply = co_await behind_.ask(std::move(ask));
  bool const lasting = known->reply.ok() || (object && known->reply.status == 404);
  if (!lasting && known_[key] == known) known_.erase(key);  // it may go better the next time
  known->there.come();
  co_return known->reply;
}

void RememberingUpstream::forget_objects() {
  objects_ = false;
  std::erase_if(known_, [](auto const& each) { return each.second->object; });
}

asio::awaitable<void> RememberingUpstream::foresee(std::vector<std::string> targets) {
  auto const executor = co_await asio::this_coro::executor;
  std::reverse(targets.begin(), targets.end());
  auto const left = std::make_shared<std::vector<std::string>>(std::move(targets));
  auto const helpers = std::min(foreseen_side_by_side, left->size());
  for (std::size_t i = 0; i < helpers; ++i) asio::co_spawn(executor, ask_for_next(left), asio::detached);
}

asio::awaitable<void> RememberingUpstream::ask_for_next(std::shared_ptr<std::vector<std::string>> targets) {
  while (!targets->empty()) {
    Ask ask{"GET", std::move(targets->back()), {}, {}, "application/json"};
    targets->pop_back();
    auto key = ask.accept + " " + ask.target;
    if (!known_.contains(key)) co_await remember(std::move(ask), std::move(key), true);
  }
}

asio::awaitable<std::string> RememberingUpstream::identity() {
  std::string told;
  for (auto const* path : {"/version", "/apis"}) {
    Ask question{"GET", path, {}, {}, "application/json"};
    auto const reply = co_await ask(std::move(question));
    if (!reply.ok()) co_return std::string();
    told += reply.body;
  }
  co_return base::sha256_hex(told);
}

}  // namespace rehearsal
