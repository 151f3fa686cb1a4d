#pragma once

#include <memory>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

namespace rehearsal {

namespace asio = boost::asio;

// Something that comes once and that others wait for. For use on one thread; it may go while somebody waits.
class Moment {
 public:
  bool there() const { return there_; }
  void come();
  asio::awaitable<void> wait();

 private:
  bool there_ = false;
  std::shared_ptr<asio::steady_timer> timer_;  // never runs out: cancelling it wakes who waits
};

}  // namespace rehearsal
