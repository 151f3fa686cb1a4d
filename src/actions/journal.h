#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "actions/plan.h"

namespace actions {

enum class Event { begun, done, failed, undone, not_undone };

// What a plan was made for, stored beside it.
struct Occasion {
  std::string command;     // "upgrade"
  std::string release, name_space;
  std::string cluster;     // what tells this cluster from others: the uid of the release's record before
  int last_revision = 0;
  std::string from, to;    // versions
  std::string started;     // RFC 3339
};

// The record of what was done of a plan, written as it happens: plan.json and journal.jsonl in the folder of the backup. A
// line is on disk before the step begins and after it is done, so that whoever is killed leaves what is needed to go on or
// back.
class Journal {
 public:
  // Throws std::runtime_error with a sentence for the person, as `note` does.
  Journal(std::string const& folder, Occasion const&, Plan const&);
  ~Journal();
  Journal(Journal const&) = delete;
  Journal& operator=(Journal const&) = delete;

  void note(Event, std::size_t step, std::string const& words = {});
  void close(std::string const& outcome);  // nothing is left to be done

 private:
  void write(base::Json line);
  std::string path_;
  int fd_ = -1;
};

// One run as its folder tells.
struct PastRun {
  std::string folder;
  Occasion occasion;
  Plan plan;
  std::vector<std::optional<Event>> steps;  // the last event of each; nothing: not begun
  bool closed = false;
};

// Nothing and a reason where the folder holds none.
std::optional<PastRun> read_run(std::string const& folder, std::string* why);

// The runs on a release that were not closed, the newest first. Folders that hold none are passed over.
std::vector<PastRun> open_runs(std::string const& backups, std::string const& name_space, std::string const& release);

// Says in the journal of a past run that nothing is left of it. Nothing on success, else the reason.
std::optional<std::string> close_run(PastRun const&, std::string const& outcome);

}  // namespace actions
