#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "actions/diagnosis.h"
#include "actions/plan.h"
#include "actions/remedies.h"

namespace actions {

// A way out of a failed release, and what rehearsing it has shown.
struct WayOut {
  enum class Kind { roll_back, go_on, again, reinstall } kind = Kind::roll_back;
  std::string name;                      // "roll back to revision 1 (1.21.0)"
  std::string version;                   // of the chart that it ends with
  bool clean = false;
  std::string trouble;                   // why it does not come through
  std::vector<std::string> unproven;     // what the rehearsal could not judge
  std::vector<std::string> helm;         // arguments of the run; empty: Helm has nothing to do
  std::vector<std::string> install;      // of a second run, where the first one uninstalls
  std::string chart, values;             // what Helm needs: the path of an archive, and the text of chart.tgz's values
  std::vector<Object> written, deleted, manifest;
  std::vector<Object> swept;             // what the failed attempt made, and nobody takes away
  std::vector<Object> kept_back;         // put back between uninstalling and installing
  std::vector<Remedy> remedies;
  std::set<std::string> kept_by_chart;
};

// The record to be marked failed first, if the last operation was killed.
struct Recovery {
  std::string folder;  // of the backup
  std::optional<FailRecord> stale;
  WayOut way;
};

// What runs of ours that were killed have left, as steps: before Helm's run, and after it. `onward`: it goes on to where
// they wanted to go, so that adopted objects stay adopted.
struct Leftovers {
  Plan before, after;
};
Leftovers left_over(std::vector<PastRun> const&, bool onward);

Plan plan_recover(Recovery const&, Diagnosis const&, state::Request const&);

// Where nothing but the leftovers is wrong.
Plan plan_leftovers(std::string const& folder, Diagnosis const&, bool onward);

// Whether a run of ours came through to where it wanted to go before it was killed.
bool came_through(PastRun const&, state::Release const&);

}  // namespace actions
