#pragma once

#include <string>
#include <vector>

#include "rehearsal/upstream.h"

namespace rehearsal {

// What tells this cluster from others, and this release in this cluster from others.
struct About {
  std::string cluster, release;
};

// Where something of the kind `what` is kept under Helm's cache for one cluster or release; empty: there is no place.
std::string place_for(std::string const& what, std::string const& about);

// What Helm read when an upgrade of this release was last rehearsed here, under Helm's cache: the next rehearsal asks for it
// at once, side by side, and of the release's base. Only paths and a number are kept, no answers. What is wrong of it costs
// time and nothing else.
class Foresight {
 public:
  // `about` tells this release in this cluster from others.
  explicit Foresight(std::string const& about);

  std::vector<Read> const& reads() const { return reads_; }
  int base() const { return base_; }  // the revision that Helm compared with, as state::Release has it; 0: not known
  void keep(std::vector<Read> const& reads, int base);  // writes where it is new; what can't be kept is not foreseen

 private:
  std::string path_;  // empty: there is no place
  std::vector<Read> reads_;
  int base_ = 0;
};

}  // namespace rehearsal
