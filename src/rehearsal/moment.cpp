#include "rehearsal/moment.h"

#include <boost/asio/redirect_error.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace rehearsal {

void Moment::come() {
  there_ = true;
  if (timer_) timer_->cancel();
}

asio::awaitable<void> Moment::wait() {
  if (there_) co_return;
  auto const executor = co_await asio::this_coro::executor;
  if (!timer_) timer_ = std::make_shared<asio::steady_timer>(executor, asio::steady_timer::time_point::max());
  auto const held = timer_;
  boost::system::error_code cancelled;
  co_await held->async_wait(asio::redirect_error(asio::use_awaitable, cancelled));
}

}  // namespace rehearsal
