#pragma once

#include <map>
#include <memory>
#include <string>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>

#include "rehearsal/recorded.h"

namespace rehearsal {

namespace asio = boost::asio;

// The API server behind the stage.
class Upstream {
 public:
  virtual ~Upstream() = default;
  virtual asio::awaitable<Reply> ask(Ask) = 0;
};

// Asks once what stays the same while a rehearsal lasts: discovery, schema and version. Every Helm of the rehearsal asks for
// them anew, up to fifty requests each. For use on one thread.
class RememberingUpstream : public Upstream {
 public:
  explicit RememberingUpstream(Upstream& behind) : behind_(behind) {}
  asio::awaitable<Reply> ask(Ask) override;

  // What tells this API server's discovery from another's: a digest of its version and its list of groups. Empty if it
  // does not answer.
  asio::awaitable<std::string> identity();

 private:
  struct Known {
    Reply reply;  // status 0: being asked for
    std::shared_ptr<asio::steady_timer> there;
  };
  asio::awaitable<Reply> remember(Ask, std::string key);

  Upstream& behind_;
  std::map<std::string, std::shared_ptr<Known>> known_;
};

}  // namespace rehearsal
