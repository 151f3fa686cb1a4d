#pragma once

#include <map>
#include <string>
#include <vector>

#include "rehearsal/admission.h"
#include "rehearsal/questions.h"
#include "rehearsal/recorded.h"
#include "state/rehearsal.h"

namespace rehearsal {

// What the upgrade means for the objects of the release, read from one run of it.
struct Scene {
  std::string release, name_space, driver;
  std::vector<Rendered> old_objects, new_objects;  // the base's manifest and the new one
  std::vector<Rendered> failed_objects;            // of a revision after the base, which did not come through
  Layer start;                                     // the layer before the run
  Played const* played = nullptr;
  std::map<Key, Rendered const*> new_by_key = {};  // of new_objects
  Guards guards = {};
};

std::vector<state::Write> writes_of(Scene const&, Questions&);
std::vector<state::Ownership> ownership_of(Scene const&, Questions&);
std::vector<state::Deletion> deletions_of(Scene const&, Questions&);
std::vector<state::Terminating> terminating_of(Scene const&, Questions&);
std::vector<state::Entry> entries_of(Scene const&, Questions&);

// The address that people outside use to reach an object; nothing if it is no way in. Empty: none is assigned yet.
std::optional<std::string> way_in(base::Json const& object);

}  // namespace rehearsal
