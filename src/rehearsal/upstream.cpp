#include "rehearsal/upstream.h"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/semver.h"

namespace rehearsal {
namespace {

constexpr base::Version aggregated_discovery{1, 26, 0, {}};

// A list of resources comes as JSON, whatever else is accepted; only the lists of groups and the schema have other forms.
bool is_resource_list(std::string const& path) {
  return path == "/api/v1" || (path.starts_with("/apis/") && path.find('/', 6) != std::string::npos);
}

asio::awaitable<void> fetch(RememberingUpstream& upstream, std::string path) {
  Ask ask{"GET", std::move(path), {}, {}, "application/json"};
  co_await upstream.ask(std::move(ask));
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

asio::awaitable<void> RememberingUpstream::foresee() {
  auto const executor = co_await asio::this_coro::executor;
  Ask version_ask{"GET", "/version", {}, {}, "application/json"};
  auto const version_reply = co_await behind_.ask(std::move(version_ask));
  auto const told = base::parse_json(version_reply.body);
  auto const version = told ? base::parse_version((*told)["gitVersion"].str()) : std::nullopt;
  if (!version || *version >= aggregated_discovery) co_return;
  Ask groups_ask{"GET", "/apis", {}, {}, "application/json"};
  auto const groups_reply = co_await behind_.ask(std::move(groups_ask));
  auto const groups = base::parse_json(groups_reply.body);
  asio::co_spawn(executor, fetch(*this, "/api/v1"), asio::detached);
  if (!groups) co_return;
  for (auto const& group : (*groups)["groups"].items())
    for (auto const& each : group["versions"].items())
      asio::co_spawn(executor, fetch(*this, "/apis/" + each["groupVersion"].str()), asio::detached);
}

}  // namespace rehearsal
