#pragma once

#include <boost/asio/io_context.hpp>
#include <boost/system/error_code.hpp>

namespace clients {

// Starts one asynchronous operation with `start(handler)` and runs it to its end: Beast's deadlines hold for asynchronous
// ones only.
template <class Start>
boost::system::error_code completed(boost::asio::io_context& io, Start start) {
  boost::system::error_code result;
  start([&](boost::system::error_code const& error, auto...) { result = error; });
  io.restart();
  io.run();
  return result;
}

}  // namespace clients
