#pragma once

#include <cstdint>
#include <string>

#include "base/json.h"
#include "state/coder.h"
#include "state/database.h"
#include "state/knowledge.h"
#include "state/rehearsal.h"
#include "state/release.h"
#include "state/request.h"
#include "state/seen.h"
#include "state/thresholds.h"
#include "state/tools.h"

namespace state {

// Everything that a check may look at: what was asked, and what was seen. It holds no secret.
struct State {
  Request request;
  std::int64_t now = 0;  // Unix seconds at which it was seen
  Knowledge knowledge;   // not part of a snapshot: whoever judges brings the newest
  Thresholds thresholds; // nor are these: whoever judges says them
  Seen<Helm> helm;
  Seen<Kubectl> kubectl;
  Seen<Cluster> cluster;
  Seen<Repository> repository;
  Seen<Target> target;
  Seen<Release> release;
  Seen<Values> values;
  Seen<Database> database;
  Seen<Coder> coder;    // what it says itself
  Seen<Family> family;  // releases that belong to it
  Seen<Rehearsal> rehearsal;
  bool operator==(State const&) const = default;
};

// A snapshot: the state as one JSON document with a "format" of its own.
base::Json to_json(State const&);

// Nothing, and the reason in `why`, if it is no snapshot that this program reads. An absent or ill-typed part is Unknown.
std::optional<State> from_json(base::Json const&, std::string* why);

}  // namespace state
