#pragma once

#include <functional>
#include <list>
#include <memory>
#include <string_view>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include "rehearsal/stage.h"

namespace rehearsal {

// Where requests come in: HTTP/1.1 on a free port of 127.0.0.1, which everybody on the machine can reach. Who has not yet
// named a stage by its token is a stranger: there is little time and room for those, the oldest goes when the room is full,
// and one that asks without a token is told nothing and shown out. So they can't keep Helm out, however many they are.
class Door {
 public:
  // Finds the stage that a target names, and takes its token off the target.
  using Find = std::function<std::shared_ptr<Stage>(std::string_view& target)>;

  Door(asio::io_context&, Find);  // throws std::runtime_error if no port can be had
  asio::awaitable<void> welcome();  // for ever
  unsigned short port() const;
  std::size_t answered() const { return answered_; }  // requests that found a stage

 private:
  struct Visitor;
  using Held = std::shared_ptr<Visitor>;
  asio::awaitable<void> serve(Held);
  asio::awaitable<bool> serve_one(Held);  // false: it was the last
  asio::awaitable<void> show_out(Held, Reply);
  bool let_in(Held const&);

  asio::io_context& context_;
  asio::ip::tcp::acceptor acceptor_;
  Find find_;
  std::list<Held> strangers_;  // the oldest first
  std::size_t known_ = 0, answered_ = 0;
};

}  // namespace rehearsal
