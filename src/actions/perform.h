#pragma once

#include <functional>
#include <string>
#include <vector>

#include "actions/journal.h"
#include "actions/perform_api.h"
#include "actions/perform_backup.h"
#include "actions/plan.h"
#include "clients/process.h"

namespace actions {

// What performing a plan needs of the world.
struct Hands {
  Api& api;
  state::Release const& release;
  Backup const& backup;
  std::function<clients::Ended(std::vector<std::string> const&)> helm;  // runs it in the foreground
  std::function<bool(std::string* why)> still_ours;                     // the lock, asked before each step
  std::function<bool()> interrupted;
  std::function<void(Step const&, Event, std::string const& words)> tell;
  std::chrono::milliseconds patience{120'000};  // for the end of an object that is deleted
  std::chrono::milliseconds between{500};       // looks at it
};

// What a failed run of Helm left.
enum class Aftermath {
  untouched,    // no new revision
  rolled_back,  // Helm's own rollback ended well
  stuck         // neither: recover's business
};

struct Performed {
  bool ok = false;
  Aftermath aftermath = Aftermath::untouched;
  std::string problem;                // why it ended: the step and what went wrong
  std::vector<std::string> left;      // what could not be put right, one sentence each
};

// Does the steps in order. If one fails up to and with Helm's run, those before it are undone in reverse; afterwards the
// rest is done as far as it goes, and what fails is in `left`.
Performed perform(Plan const&, Hands const&, Journal&);

// What the release looks like against what was planned: one sentence for each difference.
std::vector<std::string> differences(Verify const&, Hands const&);

}  // namespace actions
