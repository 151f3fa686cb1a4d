#include "rehearsal/turns.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rehearsal {

asio::awaitable<void> Turns::wait_on(Timer& timer) {
  auto const executor = co_await asio::this_coro::executor;
  if (!timer) timer = std::make_shared<asio::steady_timer>(executor, asio::steady_timer::time_point::max());
  auto const held = timer;
  boost::system::error_code cancelled;
  co_await held->async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

void Turns::announce(Key const& key) {
  auto& about = outstanding_[key];
  if (!about) about = std::make_shared<Outstanding>();
  ++about->count;
}

asio::awaitable<void> Turns::enter() {
  if (running_ >= side_by_side_) {
    auto const turn = std::make_shared<Timer>();
    queue_.push_back(turn);
    co_await wait_on(*turn);
  }
  ++running_;
}

void Turns::leave(Key const& key) {
  --running_;
  if (!queue_.empty()) {
    wake(*queue_.front());
    queue_.pop_front();
  }
  auto const about = outstanding_.at(key);
  if (--about->count > 0) return;
  outstanding_.erase(key);
  wake(about->done);
  if (outstanding_.empty()) wake(all_done_);
}

asio::awaitable<void> Turns::quiet(Key const& key) {
  while (outstanding_.contains(key)) {
    auto const about = outstanding_.at(key);
    co_await wait_on(about->done);
  }
}

asio::awaitable<void> Turns::all_quiet() {
  while (!outstanding_.empty()) co_await wait_on(all_done_);
}

}  // namespace rehearsal
