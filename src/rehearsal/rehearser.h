#pragma once

#include <string>
#include <vector>

#include "clients/folder.h"
#include "clients/helm.h"
#include "clients/process.h"
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
  Rehearser(clients::Helm helm, std::string socket, std::string prefix, std::string name_space);

  // A file in memory that every Helm from now on inherits, as /dev/fd/N.
  void share(int fd) { shared_.push_back(fd); }

  // `helm ARGUMENTS…` with the namespace added, on top of `layer`.
  Run run(std::vector<std::string> arguments, Direction direction, Layer layer = {});

 private:
  clients::Helm helm_;
  std::string name_space_;
  std::vector<int> shared_;
  void share_discovery(std::string const& url);
  clients::Folder folder_;  // Helm's caches, which would land in the home folder under a new name for each port
  Server server_;
};

}  // namespace rehearsal
