#include "rehearsal/upstream.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/bytes.h"

namespace rehearsal {
namespace {

// A list of resources comes as JSON, whatever else is accepted; only the lists of groups and the schema have other forms.
bool is_resource_list(std::string const& path) {
  return path == "/api/v1" || (path.starts_with("/apis/") && path.find('/', 6) != std::string::npos);
}

}  // namespace

asio::awaitable<Reply> RememberingUpstream::ask(Ask ask) {
  auto const target = parse_target(ask.target);
  if (ask.method != "GET" || target.shape != Target::Shape::passed) co_return co_await behind_.ask(std::move(ask));
  if (is_resource_list(target.path)) ask.accept = "application/json";
  auto key = ask.accept + " " + ask.target;
  auto const found = known_.find(key);
  if (found == known_.end()) co_return co_await remember(std::move(ask), std::move(key));
  auto const known = found->second;
  while (known->reply.status == 0) {
    boost::system::error_code cancelled;
    co_await known->there->async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
  }
  co_return known->reply;
}

asio::awaitable<Reply> RememberingUpstream::remember(Ask ask, std::string key) {
  auto const executor = co_await asio::this_coro::executor;
  auto const known = std::make_shared<Known>();
  known->there = std::make_shared<asio::steady_timer>(executor, asio::steady_timer::time_point::max());
  known_[key] = known;
  known->reply = co_await behind_.ask(std::move(ask));
  if (!known->reply.ok()) known_.erase(key);  // it may go better the next time
  known->there->cancel();
  co_return known->reply;
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
