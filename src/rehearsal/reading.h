#pragma once

#include <string>
#include <vector>

#include "rehearsal/consequences.h"
#include "rehearsal/manifest.h"
#include "rehearsal/questions.h"
#include "rehearsal/rehearse.h"
#include "rehearsal/rehearser.h"

namespace rehearsal {

// A run to read: how it was started, and what the release was before.
struct Take {
  Run run;
  Layer start;
  std::vector<std::string> arguments;
  Direction direction;
  std::vector<Rendered> old_objects, failed_objects;  // of the base's manifest, and of a failed upgrade's since
  Guards guards;
};

// Reads from the run what the upgrade means, and asks what it does not show: rights, pods, hooks, rollbacks. `ask` knows the
// resources that were asked for so far. `result.helm_version` and how the run ended stand in `result` already.
void read(Take, Script const&, Rehearser&, clients::Kubernetes& api, Questions& ask, Rehearsed& result);

}  // namespace rehearsal
