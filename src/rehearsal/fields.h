#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "base/json.h"

namespace rehearsal {

// A step into an object: to a member, or to an item of a list.
struct Step {
  std::string member;      // its name; empty: the step is to an item
  std::string key, value;  // to the item whose member `key` is `value`; no key: to the one at `index`, whatever its name
  std::size_t index = 0;
};
using FieldPath = std::vector<Step>;

// "spec.template.spec.containers[coderd].image", "metadata.labels[app.kubernetes.io/name]", "rules[0].verbs".
std::string to_text(FieldPath const&);

// What stands there, null where nothing does.
base::Json const& at(base::Json const& object, FieldPath const&);

// The item of a list that a step leads to, null if there is none.
base::Json const& item_of(base::Json const& list, Step const&);

// Whether two values are the same: members may come in any order, and null is as good as absent.
bool same(base::Json const&, base::Json const&);

// Every field in which two objects of one API version differ, as deep as it goes: a scalar, a list of scalars, or a list
// whose items can't be told apart. What the API server keeps by itself (status, managedFields, …) is left out.
using Visit = std::function<void(FieldPath const&, base::Json const& before, base::Json const& after)>;
void compare(base::Json const& before, base::Json const& after, Visit const&);

}  // namespace rehearsal
