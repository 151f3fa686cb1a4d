#pragma once

#include <deque>
#include <map>
#include <memory>

#include "rehearsal/moment.h"
#include "rehearsal/path.h"

namespace rehearsal {

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
  struct Outstanding {
    int count = 0;
    Moment done;
  };
  int side_by_side_;
  int running_ = 0;
  std::map<Key, std::shared_ptr<Outstanding>> outstanding_;
  std::deque<std::shared_ptr<Moment>> queue_;
  std::shared_ptr<Moment> all_done_ = std::make_shared<Moment>();
};

}  // namespace rehearsal
