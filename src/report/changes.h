#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "state/state.h"

namespace report {

enum class Change { changed, made, deleted, unchanged, unknown };

// What becomes of one object. In `changes` what is known of it; `why`: why it is not known.
struct ObjectChange {
  state::ObjectId object;
  std::string api_version;
  Change change = Change::unknown;
  state::Changes changes = {};
  std::string why = {};
};

// Whether an object that is there already could be adopted and then upgraded, and what that would change of it besides the
// marks by which Helm knows it.
struct Adoption {
  state::ObjectId object;
  state::Judgement works = state::Judgement::not_verified;
  std::string why;  // where it does not work, or is not known
  state::Changes changes;
};

struct Effects {
  bool complete = false;  // the upgrade was seen to its end
  std::vector<ObjectChange> objects;  // in the order in which Helm writes them, what it deletes last
  std::vector<Adoption> adoptions;
  std::vector<state::Rollback> rollbacks;  // from the states in which one may be needed
};
Effects effects_of(state::Rehearsal const&, state::Request const&);

std::size_t count_of(Effects const&, Change);

// Whether an object that is there already belongs to another release that lives.
bool is_anothers(state::Ownership const&, state::Request const&);

Adoption adoption_of(state::Ownership const&, state::Rehearsal const&, state::Request const&);

}  // namespace report
