#pragma once

#include <string>
#include <vector>

#include "base/json.h"

namespace rehearsal {

// Helm's three marks of ownership; source: pkg/action/validate.go. What an object lacks of them, by key.
std::vector<std::string> lacking_ownership(base::Json const& object, std::string const& release, std::string const& name_space);

// Whether the object's annotations name this release, whatever the label says.
bool names_release(base::Json const& object, std::string const& release, std::string const& name_space);

// Writes them into the object.
void own(base::Json& object, std::string const& release, std::string const& name_space);

// What a trial under another name can't tell about `object` taking the place of `old`; empty: nothing.
std::string hidden_by_renaming(base::Json const& object, base::Json const& old);

// The API server judges a patch against the live object, which lacks the marks that a remedy will have put on it before:
// they stay, unless the patch takes them off.
void keep_marks(base::Json& answer, base::Json const& before, base::Json const& patch);

// Makes the object one that can be created beside the live one of the same name, and returns its new name: whatever the
// API server allocates once in the cluster is left to it.
std::string renamed_for_trial(base::Json& object, std::string const& name);

}  // namespace rehearsal
