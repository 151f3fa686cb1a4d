#pragma once

#include <functional>
#include <map>
#include <set>
#include <string>

#include "rehearsal/consequences.h"
#include "rehearsal/quotas.h"

namespace rehearsal {

// The API server judges every write against the cluster as it stands. What the earlier writes of the same upgrade make
// possible, or impossible, is told here.
class Earlier {
 public:
  Earlier(Scene const& scene, Questions& ask) : scene_(scene), ask_(ask), quotas_(ask) {}

  // Puts right what the API server could not know. To be called for each write but deletions, in Helm's order: Helm
  // deletes when everything is written.
  void amend(state::Verdict&, Recorded const&);

 private:
  struct Written {
    state::Verdict verdict;
    Recorded const* write = nullptr;
  };
  void allow_for_roles(state::Verdict&, Recorded const&) const;
  void allow_for_pods(state::Verdict&, Recorded const&) const;
  void allow_for_addresses(state::Verdict&, Recorded const&) const;
  void doubt(state::Verdict&, Recorded const&) const;
  std::string changed_rules(Recorded const&) const;  // that the API server does not know yet; empty: none
  bool is_new(Key const&) const;
  bool changes(Written const&) const;

  Scene const& scene_;
  Questions& ask_;
  Quotas quotas_;
  std::map<Key, Written> so_far_;
};

// Takes out of a pod's spec what comes with the same upgrade, and what a dry run can't find: whether there was any.
bool forget_what_is_new(base::Json& pod_spec, std::string const& name_space, std::function<bool(Key const&)> const& is_new);

}  // namespace rehearsal
