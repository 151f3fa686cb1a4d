#pragma once

#include <set>
#include <string>
#include <vector>

#include "actions/plan.h"
#include "actions/remedies.h"
#include "state/request.h"

namespace actions {

// What an upgrade is planned from, besides what was asked.
struct Upgrade {
  std::string from, to;  // versions of the chart; `from` empty: nothing is installed
  std::string folder;    // of the backup
  int last_revision = 0;
  std::vector<std::string> helm;          // arguments of the run
  std::vector<Object> written, deleted;   // what the rehearsal saw
  std::vector<Remedy> remedies;
  std::vector<Object> manifest;           // what the new version consists of
  std::set<std::string> kept_by_chart;    // key_of() what the chart itself annotates to be kept
};

// An object's name whatever API group it is written in: "coder/Ingress/web".
std::string key_of(state::ObjectId const&);

Plan plan_upgrade(Upgrade const&, state::Request const&);

// Arguments of a run of Helm that waits, for RunHelm: with its time limit, and going back by itself where `atomic`.
std::vector<std::string> waiting_run(std::vector<std::string> arguments, state::Request const&, std::string const& helm_version, bool atomic);

// The command to print for a run of Helm. Values that were given one by one may be secret.
report::Command by_helm(std::vector<std::string> arguments);

// Steps that recover needs, too.
Step remedy_step(Remedy const&, state::Request const&);
Step release_step(Mark const&);  // takes a mark off again

}  // namespace actions
