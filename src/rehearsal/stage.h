#pragma once

#include <map>
#include <string>
#include <vector>

#include <boost/asio/awaitable.hpp>

#include "rehearsal/archive.h"
#include "rehearsal/layer.h"
#include "rehearsal/moment.h"
#include "rehearsal/recorded.h"
#include "rehearsal/turns.h"
#include "rehearsal/upstream.h"

namespace rehearsal {

// Plays the API server for one Helm: reads come from the live cluster seen through the layer, writes change the layer only
// and are judged by the API server as a dry run. Runs on one thread. What is awaited gets named values only: g++ 12 destroys
// temporaries in such an expression twice.
class Stage {
 public:
  // Every request waits for the curtain: Helm may have started before it is known what it is to see.
  Stage(Upstream& upstream, Direction direction) : upstream_(upstream), direction_(std::move(direction)) {}
  void raise_curtain(Layer);
  Stage(Upstream& upstream, Direction direction, Layer layer);  // raised

  asio::awaitable<Reply> play(Ask);
  asio::awaitable<void> settled() { return turns_.all_quiet(); }  // when no verdict is outstanding

  // What happened. A copy where something is still outstanding: it goes on writing into the original. (So may a write that
  // waits for its verdict, whose Helm is gone.)
  Played take() { return turns_.idle() && playing_ == 0 ? std::move(played_) : played_; }

 private:
  using Mark = std::size_t;  // index in played_.writes

  asio::awaitable<Reply> respond(Ask);
  asio::awaitable<Reply> pass(Ask, Target);
  asio::awaitable<Reply> list(Ask, Target);
  asio::awaitable<Reply> read(Target);
  asio::awaitable<Reply> create(Ask, Target);
  asio::awaitable<Reply> change(Ask, Target);
  asio::awaitable<Reply> remove(Ask, Target);

  asio::awaitable<base::Json> current(Target);  // as Helm would read it; null: not there
  asio::awaitable<Reply> live(Target);          // from the cluster, remembered in played_.live
  asio::awaitable<Reply> answer(Mark, base::Json shown);
  asio::awaitable<void> judge(Mark);
  asio::awaitable<void> judge_in_turn(Mark, Key);
  asio::awaitable<Reply> with_fresh_version(Mark, Ask, Reply stale);
  asio::awaitable<Reply> handed_over_first(Mark, Reply applied);
  asio::awaitable<bool> is_old_server();
  asio::awaitable<bool> served_by_the_server(std::string group, std::string version);
  Mark record(Ask const&, Target const&);
  bool is_written_before(Mark) const;
  base::Json left_of_earlier(Recorded const&) const;
  void take_in(Recorded&);
  void show_ownership(base::Json& object) const;

  Upstream& upstream_;
  Direction direction_;
  Archive archive_{upstream_};
  Played played_;
  Moment curtain_;
  Turns turns_{most_side_by_side};
  std::size_t kept_ = 0;  // bytes
  int playing_ = 0;  // requests that are not answered yet
  std::map<std::string, bool> served_;
  std::map<Key, base::Json> handed_over_;  // managedFields as patched on the way to server-side apply
};

}  // namespace rehearsal
