#pragma once

#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/timeline.h"
#include "cli/options.h"
#include "clients/folder.h"
#include "clients/helm.h"
#include "clients/kubernetes.h"
#include "collect/release.h"
#include "rehearsal/rehearse.h"
#include "state/state.h"

namespace cli {

// What a live command has looked at, and what it needs to go on. Members are closed in reverse order: whatever uses the
// proxy goes before it.
struct Live {
  base::Timeline timeline;
  clients::Folder folder;
  std::optional<clients::Helm> helm;
  clients::MemoryFile own_values{""};     // the release's own values, for Helm; never on a disk
  std::string values_file;                // its path; empty where Helm is not given it
  std::unique_ptr<clients::Proxy> proxy;  // read-only: it refuses DELETE by itself
  std::unique_ptr<clients::Kubernetes> api;
  std::unique_ptr<rehearsal::Rehearser> rehearser;
  std::optional<collect::Record> base;  // the record that Helm compares with; holds secrets
  std::string chart;                    // the archive or folder that Helm is given
  std::string choice;                   // how its version was chosen: "1.21.7, the newest of 1.21"
  std::vector<std::string> flags;       // for `helm upgrade`: values and what the person gave
  bool rollback_check = true;
  bool yes = false;  // to what would be asked
  state::State state;
  rehearsal::Rehearsed rehearsed;       // holds secrets
  std::future<state::Seen<state::Release>> release;    // with all details; these are asked while the upgrade is rehearsed
  std::future<state::Seen<state::Database>> database;
  std::future<state::Seen<state::Coder>> coder;
  std::future<state::Seen<state::Family>> family;
};

// Looks at everything that can be seen, side by side, and rehearses the upgrade. What can't be seen is Unknown in the
// state; throws std::runtime_error with a sentence where there is nothing to judge at all, such as no cluster.
std::unique_ptr<Live> look(Target const&);

rehearsal::About told_apart(state::Request const&);

// The parts of it: everything but the rehearsal, and the rehearsal (again) on top of what chosen remedies will have changed.
std::unique_ptr<Live> look_without_rehearsal(Target const&);
void rehearse(Live&, rehearsal::Layer start = {});

}  // namespace cli
