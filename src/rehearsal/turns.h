#pragma once

#include <deque>
#include <map>
#include <memory>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "rehearsal/path.h"

namespace rehearsal {

namespace asio = boost::asio;

// Verdicts that are being asked for in the background: so many at a time, and who wants to read an object waits for those
// that are about it. For use on one thread.
class Turns {
 public:
  explicit Turns(int side_by_side) : side_by_side_(side_by_side) {}

  void announce(Key const&);                // before the coroutine that asks is spawned
  asio::awaitable<void> enter();            // until it is its turn
  void leave(Key const&);                   // the verdict is there
  asio::awaitable<void> quiet(Key const&);  // when nothing is outstanding about it
  asio::awaitable<void> all_quiet();
  bool idle() const { return outstanding_.empty(); }

 private:
  using Timer = std::shared_ptr<asio::steady_timer>;  // never runs out: cancelling it wakes who waits
  asio::awaitable<void> wait_on(Timer&);
  static void wake(Timer const& timer) {
    if (timer) timer->cancel();
  }

  struct Outstanding {
    int count = 0;
    Timer done;
  };
  int side_by_side_;
  int running_ = 0;
  std::map<Key, std::shared_ptr<Outstanding>> outstanding_;
  std::deque<std::shared_ptr<Timer>> queue_;
  Timer all_done_;
};

}  // namespace rehearsal
