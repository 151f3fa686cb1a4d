#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "clients/kubernetes.h"
#include "rehearsal/recorded.h"
#include "rehearsal/upstream.h"

namespace rehearsal {

// The API server that a rehearsed Helm talks to: HTTP on a free port of 127.0.0.1, with the live cluster behind it, reached
// through the Unix socket of `kubectl proxy`. It serves any number of stages at once, each under a secret of its own in
// the URL's path; without one of them every request is answered 404. One thread of its own does all the work.
class Server {
 public:
  // The socket may not be there yet: kubectl may still be starting. The API server's schema is kept in the folder `schemas`,
  // if that is not empty. Throws std::runtime_error if no port can be had.
  Server(std::string socket, std::string prefix, std::string schemas = {});
  ~Server();

  unsigned short port() const;

  // What was asked so far: how many requests Helm made and we made of the API server, and the slowest of these, slowest first.
  using Asked = rehearsal::Asked;
  struct Requests {
    std::size_t from_helm = 0, to_server = 0;
  };
  Requests requests() const;
  std::vector<Read> reads() const;  // that could have been foreseen
  void keep_schemas();              // those that came new
  std::vector<Asked> slowest() const;

  // What tells the discovery of this API server from that of others, asked when the server starts, so that it may have to be
  // waited for; empty: not known.
  std::string identity();

  // From now on, and until `forget_objects`, a live object is read once. `foresee`: what will be read.
  void remember_objects();
  void foresee(std::vector<Read> reads);
  void forget_objects();

  // Answers to reads that do not depend on each other, from memory where they are there.
  std::vector<clients::Answer> read_all(std::vector<clients::Request> const&);

  // The URL of a new stage. Its requests wait until the curtain is raised on what Helm is to see.
  std::string open(Direction direction);
  void raise_curtain(std::string const& url, Layer layer);
  // Waits until every verdict of the stage is there (or the time is over: then those writes have no reply), ends it, and
  // returns what happened.
  Played close(std::string const& url, std::chrono::milliseconds limit = std::chrono::seconds(60));

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace rehearsal
