#pragma once

#include <chrono>
#include <functional>
#include <optional>
#include <string>

#include "base/json.h"
#include "clients/kubernetes.h"
#include "state/database.h"
#include "state/seen.h"

namespace collect {

// Asking from a pod in the release's namespace instead of from here.
struct DatabasePod {
  std::string image;                                      // with psql and sh in it
  std::function<bool(std::string const& question)> agree;  // of a person
  std::function<void(std::string const& sentence)> tell;   // what is left behind
};

struct DatabaseQuestion {
  std::string url;                     // as given; empty: as the values say
  std::string name_space;              // of the release
  std::string chart_version;           // of the base revision: which names it reads the values by
  base::Json const* values = nullptr;  // of the base revision, as a person set them; secret-bearing, nothing keeps them
  std::string why_no_values;           // where `values` is nothing
  clients::Access access;              // for `kubectl port-forward`
  clients::Kubernetes* kubernetes = nullptr;  // reads the Secrets; no other thread may use it meanwhile
  std::optional<DatabasePod> pod;
  std::chrono::seconds long_transaction{60};  // from then on a transaction is a long one
  std::chrono::milliseconds limit{5'000};     // of each step: the way there, the login, a query
};

// Logs in to Coder's database and looks at it, read-only. The answer is Unknown, with what would let us tell, wherever
// the login is not refused by the database itself. It may run beside other collectors, on a thread that lives until the
// end of the call: the kernel ends `kubectl port-forward` with the thread that started it. Takes about four times
// `limit` at most; from a pod a minute more, and as long as a person takes to answer.
state::Seen<state::Database> database(DatabaseQuestion const&);

}  // namespace collect
