#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "actions/journal.h"
#include "actions/perform.h"
#include "actions/plan.h"
#include "clients/helm.h"
#include "state/release.h"
#include "state/request.h"

// What `upgrade` and `recover` do alike: show a plan, ask, and carry it out.
namespace cli {

// Prints the plan. Nothing: go on; else the exit code to end with.
std::optional<int> agree(actions::Plan const&, state::Request const&, bool yes, bool dry_run);

// Runs on this very release that were killed, as this machine knows of them. Throws std::runtime_error where the release's
// records can't be listed.
std::vector<actions::PastRun> killed_runs(clients::Kubernetes&, state::Release const&);

struct Deed {
  state::Request const& request;
  state::Release const& release;
  clients::Helm const& helm;
  actions::Plan const& plan;
  actions::Occasion occasion;
  std::string folder;                     // for the backup, which must not be there yet
  std::vector<actions::Object> touched;   // to be saved as they are
  std::vector<actions::Object> watched;   // that Helm waits for
  std::function<void(actions::Backup const&)> save_more;
};

struct Deeds {
  actions::Performed performed;
  std::string folder;
  std::optional<actions::Record> last;  // the release's last record afterwards
  std::string last_version;             // of its chart
};

// Under our lock, with a backup and a journal. Throws actions::Refused where somebody else holds the lock; on any exception
// nothing of the plan was done and nothing is left behind.
Deeds carry_out(Deed const&);

// The command that goes on from where they left the release.
report::Command recover_after(Deeds const&);

}  // namespace cli
