#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "actions/journal.h"
#include "state/release.h"
#include "state/request.h"

namespace actions {

enum class Condition {
  missing,          // no record at all
  healthy,          // nothing wrong
  incomplete,       // deployed, but objects of it are not there
  held,             // an operation may still be at work
  stuck,            // an operation was killed
  failed,           // the last operation failed
  rollback_failed,  // and going back from it failed, too
};

std::string_view name_of(Condition);  // "rollback-failed"

struct Diagnosis {
  Condition condition = Condition::healthy;
  state::Revision last;
  std::vector<int> good;      // revisions to go back to, the likeliest first
  int attempt = 0;            // the newest revision that meant to go further, 0: none
  std::vector<std::string> missing;  // objects of the deployed revision, "Service/d"
  std::vector<PastRun> open;  // runs of ours that were killed
};

// How long an operation of a plain Helm may take before it counts as killed, in seconds: nobody can see whether it lives.
long time_limit(state::Request const&);

Diagnosis diagnose(state::Release const&, state::Request const&, std::int64_t now, std::vector<std::string> missing,
                   std::vector<PastRun> open);

// One or two sentences for a person.
std::string describe(Diagnosis const&, state::Release const&, state::Request const&, std::int64_t now);

// Whether the objects of the release were once as this revision says.
bool was_good(state::Revision const&);

state::Revision const* revision(state::Release const&, int number);

}  // namespace actions
