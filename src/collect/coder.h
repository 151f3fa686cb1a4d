#pragma once

#include <chrono>
#include <string>

#include "clients/kubernetes.h"
#include "state/coder.h"
#include "state/seen.h"

namespace collect {

// A session token for Coder's API: what is in `file`, or in CODER_SESSION_TOKEN where no file is named. Unknown, with what is
// wrong with it or how to give one; neither repeats it.
state::Seen<std::string> coder_token(std::string const& file);

struct CoderQuestion {
  state::Seen<std::string> token;      // secret: it goes into one header and nowhere else
  std::string url;                     // the access URL; empty: through the API server's proxy for Services
  std::string name_space;              // of the release
  std::string socket, prefix;          // of `kubectl proxy`
  clients::Kubernetes* kubernetes = nullptr;  // finds the Service; no other thread may use it meanwhile
  std::chrono::milliseconds limit{5'000};     // for finding it, and again for all that it is asked
};

// Asks the running Coder, with GET only. Without a token nothing is asked, unless a URL is given: then what needs no token.
state::Seen<state::Coder> coder(CoderQuestion const&);

}  // namespace collect
