#include "rehearsal/upstream.h"

#include <algorithm>
#include <chrono>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "base/bytes.h"

namespace rehearsal {
namespace {

constexpr std::size_t most_remembered = 256u << 20;  // bytes
constexpr std::size_t most_known = 20'000;
constexpr std::size_t most_reads = 5'000;
// Where the API server is near, a few connections are enough, and each costs time: more come while there is something left.
constexpr std::size_t helpers_at_once = 4;
constexpr auto helpers_pause = std::chrono::milliseconds(1);

// The version and a list of resources come as JSON, whatever else is accepted; the lists of groups and the schema have
// other forms.
bool is_one_form(std::string const& path) {
  return path == "/version" || path == "/api/v1" || (path.starts_with("/apis/") && path.find('/', 6) != std::string::npos);
}

}  // namespace

asio::awaitable<Reply> RememberingUpstream::ask(Ask ask) {
  auto const target = parse_target(ask.target);
  bool const passed = target.shape == Target::Shape::passed;
  bool const object = target.shape == Target::Shape::object || lists_records(target);
  if (ask.method != "GET" || ask.fresh || !(passed || (object && objects_))) co_return co_await behind_.ask(std::move(ask));
  if (passed && !target.path.starts_with("/openapi")) ask.target = target.path;  // the rest of it is Helm's patience
  if (target.shape == Target::Shape::object || is_one_form(target.path)) ask.accept = "application/json";
  auto key = ask.accept + " " + ask.target;
  auto const found = known_.find(key);
  // A record may be large, and Helm reads each but once.
  bool const record = target.shape == Target::Shape::object && is_helm_record(target.key());
  if (found == known_.end() && record) co_return co_await behind_.ask(std::move(ask));
  if (Read read{ask.target, ask.accept}; !record && reads_.size() < most_reads && std::find(reads_.begin(), reads_.end(), read) == reads_.end()) reads_.push_back(std::move(read));
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
  remembered_ += known->reply.body.size();
  bool const lasting = (known->reply.ok() || known->reply.status == 404) && remembered_ < most_remembered && known_.size() < most_known;
  if (!lasting && known_[key] == known) known_.erase(key);  // it may go better the next time
  known->there.come();
  co_return known->reply;
}

void RememberingUpstream::forget_objects() {
  objects_ = false;
  std::erase_if(known_, [](auto const& each) { return each.second->object; });
}

asio::awaitable<void> RememberingUpstream::foresee(std::vector<Read> reads) {
  auto const executor = co_await asio::this_coro::executor;
  std::reverse(reads.begin(), reads.end());
  auto const left = std::make_shared<std::vector<Read>>(std::move(reads));
  auto const helpers = std::min<std::size_t>(most_side_by_side, left->size());
  asio::steady_timer pause(executor);
  for (std::size_t i = 0; i < helpers && !left->empty(); ++i) {
    if (i > 0 && i % helpers_at_once == 0) {
      pause.expires_after(helpers_pause);
      co_await pause.async_wait(asio::use_awaitable);
    }
    asio::co_spawn(executor, ask_for_next(left), asio::detached);
  }
}

asio::awaitable<void> RememberingUpstream::ask_for_next(std::shared_ptr<std::vector<Read>> reads) {
  while (!reads->empty()) {
    auto const read = std::move(reads->back());
    reads->pop_back();
    auto const target = parse_target(read.target);
    auto const shape = target.shape;
    bool const passed = shape == Target::Shape::passed;
    if (!passed && shape != Target::Shape::object && !lists_records(target)) continue;
    auto key = read.accept + " " + read.target;
    Ask ask{"GET", read.target, {}, {}, read.accept};
    if (!known_.contains(key)) co_await remember(std::move(ask), std::move(key), !passed);
  }
}

asio::awaitable<std::string> RememberingUpstream::identity() {
  std::vector<Read> const reads = {{"/version", "application/json"}, {"/apis", "application/json"}};
  auto at_once = reads;
  co_await foresee(std::move(at_once));
  std::string told;
  for (auto const& read : reads) {
    Ask question{"GET", read.target, {}, {}, read.accept};
    auto const reply = co_await ask(std::move(question));
    if (!reply.ok()) co_return std::string();
    told += reply.body;
  }
  co_return base::sha256_hex(told);
}

}  // namespace rehearsal
