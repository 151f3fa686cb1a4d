#pragma once

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <string>
#include <vector>

#include "base/timeline.h"
#include "clients/folder.h"
#include "clients/helm.h"
#include "clients/process.h"
#include "rehearsal/foresight.h"
#include "rehearsal/server.h"

namespace rehearsal {

// One Helm command that ran on the stage.
struct Run {
  clients::Ended ended;
  Played played;
  double seconds = 0;
};

// Runs the operator's Helm where nothing sticks. Commands may run side by side, each with a layer of its own.
class Rehearser {
 public:
  // What is behind the socket may still be starting. `about`: for what is kept until the next time.
  Rehearser(clients::Helm helm, std::string socket, std::string prefix, std::string name_space, About const& about, base::Timeline& timeline);
  ~Rehearser();

  Server& server() { return server_; }
  void foresee();  // asks at once for what the last rehearsal of this release read
  int likely_base() const { return foresight_.base(); }  // as the last rehearsal of this release had it; 0: not known
  void learn(int base);            // for the next time; what is written to the disk is not waited for
  base::Timeline& timeline() { return timeline_; }

  // A file in memory that every Helm from now on inherits, as /dev/fd/N.
  void share(int fd) { shared_.push_back(fd); }

  // From now on no Helm leaves what it discovers to others: some of it is only in the layer.
  void keep_discovery_apart() { shares_discovery_ = false; }

  // Starts Helm for a run to come while what it needs is not there yet: it reads its chart, and then waits for the file
  // `late` among its arguments (empty: none), or at its first request. Call from the main thread: Helm ends with it.
  void begin(std::vector<std::string> arguments, Direction direction, std::string late);

  // `helm ARGUMENTS…` with the namespace added, on top of `layer`. One that has begun with these words goes on.
  Run run(std::vector<std::string> const& arguments, Direction direction, Layer layer = {});

 private:
  struct Begun;
  void start(Begun&);
  bool take_early(Begun&);
  void share_discovery(std::string const& url);

  clients::Helm helm_;
  std::string name_space_;
  base::Timeline& timeline_;
  std::vector<int> shared_;
  bool shares_discovery_ = true;
  std::atomic<std::chrono::milliseconds> spent_ = std::chrono::milliseconds(0);  // with running Helms
  clients::Folder folder_;  // Helm's caches, which would land in the home folder under a new name for each port
  Server server_;
  Foresight foresight_;
  std::unique_ptr<Begun> early_;
  std::future<void> keeping_;  // ends before what it uses
};

}  // namespace rehearsal
