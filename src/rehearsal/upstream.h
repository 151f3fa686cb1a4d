#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "rehearsal/moment.h"
#include "rehearsal/recorded.h"

namespace rehearsal {

// Requests of one kind that are on their way at once: an API server that is set up as usual has places for 49 of a person's
// (API Priority and Fairness: global-default has 20 of 245 shares of 600).
constexpr int most_side_by_side = 48;

// The API server behind the stage.
class Upstream {
 public:
  virtual ~Upstream() = default;
  virtual asio::awaitable<Reply> ask(Ask) = 0;
};

struct Read {
  std::string target, accept = "application/json";
  bool operator==(Read const&) const = default;
};

// Asks once what stays the same while a rehearsal lasts: discovery, schema and version, and, between `remember_objects` and
// `forget_objects`, the live objects. Every Helm of the rehearsal asks for them anew. For use on one thread.
class RememberingUpstream : public Upstream {
 public:
  explicit RememberingUpstream(Upstream& behind) : behind_(behind) {}
  asio::awaitable<Reply> ask(Ask) override;

  void remember_objects() { objects_ = true; }
  void forget_objects();

  // Asks for what will be read soon, side by side, so that it is there, or on its way, when it is asked for. Whatever is no
  // read of an allowed shape is left out.
  asio::awaitable<void> foresee(std::vector<Read> reads);

  // What was asked so far that could have been foreseen, in order.
  std::vector<Read> const& reads() const { return reads_; }

  // What tells this API server's discovery from another's: a digest of its version and its list of groups. Empty if it
  // does not answer.
  asio::awaitable<std::string> identity();

 private:
  asio::awaitable<void> ask_for_next(std::shared_ptr<std::vector<Read>> reads);

  struct Known {
    Reply reply;
    bool object = false;
    Moment there;
  };
  asio::awaitable<Reply> remember(Ask, std::string key, bool object);

  Upstream& behind_;
  bool objects_ = false;
  std::vector<Read> reads_;
  std::size_t remembered_ = 0;  // bytes
  std::map<std::string, std::shared_ptr<Known>> known_;
};

}  // namespace rehearsal
