#pragma once

#include <chrono>
#include <memory>
#include <string>

#include "rehearsal/recorded.h"

namespace rehearsal {

// The API server that a rehearsed Helm talks to: HTTP on a free port of 127.0.0.1, with the live cluster behind it, reached
// through the Unix socket of `kubectl proxy`. It serves any number of stages at once, each under a secret of its own in
// the URL's path; without one of them every request is answered 404. One thread of its own does all the work.
class Server {
 public:
  Server(std::string socket, std::string prefix);  // throws std::runtime_error if no port can be had
  ~Server();

  // What tells the discovery of this API server from that of others, asked when the server starts; empty: not known.
  std::string identity();

  // The URL of a new stage.
  std::string open(Direction direction, Layer layer = {});
  // Waits until every verdict of the stage is there (or the time is over: then those writes have no reply), ends it, and
  // returns what happened.
  Played close(std::string const& url, std::chrono::milliseconds limit = std::chrono::seconds(60));

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace rehearsal
