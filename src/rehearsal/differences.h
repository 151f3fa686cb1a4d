#pragma once

#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "rehearsal/consequences.h"
#include "rehearsal/fields.h"
#include "rehearsal/veil.h"

namespace rehearsal {

// What changes from one form of an object to another of the same API version, field by field, as short text and without
// secrets.
state::Changes differences(base::Json const& before, base::Json const& after);

// The same of one field: more than one only where a text of several lines differs at several places.
std::vector<state::Difference> differences(Veil const&, FieldPath const&, base::Json const& before, base::Json const& after);

// Of each object that the upgrade writes, its writes among those of the scene.
std::map<Key, std::vector<std::size_t>> writes_by_object(Scene const&);

// The object as it was before the first of its writes, in the API version of the last; null where that is not known.
base::Json before_all(Recorded const& first, Recorded const& last, Questions&);

// Adds to each of `writes`, which are those of the scene in the same order, what it changes.
void add_changes(std::vector<state::Write>&, Scene const&, Questions&);

}  // namespace rehearsal
