#pragma once

#include <optional>
#include <string>
#include <vector>

#include "journey/journey.h"

namespace journey {

// What the cluster's version means for each stop, one after the other: a cluster that was brought to a newer Kubernetes for
// one stop has it at the next.
class Kubernetes {
 public:
  Kubernetes(Sight const&, state::Knowledge const&);
  void judge(base::Version const& coder, Stop&);
  void sum_up(Journey&) const;

 private:
  void bring_to(state::KubernetesRange const&, std::string const& why, Stop&);

  Sight const& sight_;
  state::Knowledge const& known_;
  std::optional<base::Version> at_;         // of the cluster, now or by then; nothing: unknown
  state::KubernetesRange const* before_;    // what the stop before is supported with
  std::string said_;                        // the range that was told last, where the cluster is unknown
  std::vector<std::string> too_new_, silent_;  // stops whose documentation ends before this Kubernetes, or says nothing
};

}  // namespace journey
