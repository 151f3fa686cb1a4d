#pragma once

#include <memory>
#include <string>
#include <vector>

#include "rehearsal/moment.h"
#include "rehearsal/upstream.h"

namespace rehearsal {

// The API server as `kubectl proxy` reaches it: keep-alive connections to its Unix socket, as many as are in use at once.
// It takes answers of any kind, but only so large and so late; nothing leaves that may not (path.h). On one thread.
class ProxyUpstream : public Upstream {
 public:
  // The socket may not be there yet: kubectl may still be starting.
  ProxyUpstream(std::string socket, std::string prefix);
  ~ProxyUpstream() override;
  asio::awaitable<Reply> ask(Ask) override;

  std::size_t requests() const { return requests_; }
  std::vector<Asked> const& slowest() const { return slowest_; }  // slowest first

 private:
  struct Connection;
  using Held = std::shared_ptr<Connection>;
  asio::awaitable<Reply> answer_to(Ask);
  asio::awaitable<Held> connect(bool fresh);
  asio::awaitable<void> reach(Held);
  asio::awaitable<Reply> talk(Held, Ask);

  std::string socket_, prefix_;
  std::vector<Held> idle_;
  bool sought_ = false;        // kubectl's socket; and once it is there, or will not be any more:
  Moment found_;
  int timeouts_ = 0;           // one after the other
  std::size_t in_flight_ = 0;  // bytes of answers that are being read
  std::size_t requests_ = 0;
  std::vector<Asked> slowest_;
};

}  // namespace rehearsal
