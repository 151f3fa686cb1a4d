#pragma once

#include <set>
#include <string>
#include <vector>

#include "base/semver.h"
#include "report/finding.h"
#include "state/coder.h"
#include "state/knowledge.h"
#include "state/release.h"
#include "state/request.h"
#include "state/seen.h"
#include "state/tools.h"

// The way of a release from the version it has to another: what `helm coder plan` tells. It is made from what was seen and
// from what is known of Coder's releases, and from nothing else.
namespace journey {

struct Sight {
  state::Request request;  // for the commands
  base::Version from, to;
  state::Seen<state::Cluster> cluster;
  state::Seen<state::Values> values;                // that the release will be upgraded with, old keys and all
  state::Seen<std::set<std::string>> services;      // names, of the release's namespace
  state::Seen<state::Coder> coder = {};             // what it says itself
  state::Seen<state::Family> family = {};           // releases that belong to it
  std::vector<std::string> index;                   // versions that the repository has
  bool resets_values = false;                       // --reset-values: only what -f says counts
  state::Revision last = {};                        // of the release; number 0: not looked at
};

// What a stop changes for this release.
struct Note {
  std::string about;            // "Services"
  std::string text, advice;     // sentences; advice may be empty
  std::string only_if;          // "if …", where it could not be seen; else empty
  std::string source;
  bool forbids = false;         // the upgrade will fail
};

// What a person does, before or after a stop's upgrade.
struct Step {
  std::string text;
  std::string command;  // as it is typed; may be empty
  std::string only_if;
  std::string source;
  bool done = false;            // it was seen to be done already
};

struct Stop {
  std::string from, version;
  std::string released;               // "2021-07-21", the day of the line; may be empty
  std::string why;                    // why it is one, where that is not plain
  std::vector<Note> notes;
  std::vector<report::Finding> keys;  // of the values that this chart no longer takes as the one before did
  std::vector<Step> before;
  std::string upgrade;                // the command
  std::vector<Step> after;
};

struct Journey {
  std::string from, to;
  std::vector<Stop> stops;
  std::vector<Note> notes;                     // about all of it
  std::string next;                            // command; empty: there is nothing to do
  std::vector<report::Unverified> unverified;  // what could not be seen, and so was not looked at
};

// `from` is not after `to`, and both are of one major version.
Journey plan(Sight const&, state::Knowledge const&);

}  // namespace journey
