#include "rehearsal/turns.h"

#include <utility>

namespace rehearsal {

void Turns::announce(Key const& key) {
  auto& about = outstanding_[key];
  if (!about) about = std::make_shared<Outstanding>();
  ++about->count;
}

asio::awaitable<void> Turns::enter() {
  if (running_ < side_by_side_) {
    ++running_;
    co_return;
  }
  auto const turn = std::make_shared<Moment>();
  queue_.push_back(turn);
  co_await turn->wait();  // who leaves hands the place over
}

void Turns::leave(Key const& key) {
  if (queue_.empty()) {
    --running_;
  } else {
    queue_.front()->come();
    queue_.pop_front();
  }
  auto const about = outstanding_.at(key);
  if (--about->count > 0) return;
  outstanding_.erase(key);
  about->done.come();
  if (outstanding_.empty()) std::exchange(all_done_, std::make_shared<Moment>())->come();
}

asio::awaitable<void> Turns::quiet(Key const& key) {
  while (outstanding_.contains(key)) {
    auto const about = outstanding_.at(key);
    co_await about->done.wait();
  }
}

asio::awaitable<void> Turns::all_quiet() {
  while (!outstanding_.empty()) {
    auto const done = all_done_;
    co_await done->wait();
  }
}

}  // namespace rehearsal
