#pragma once

#include <string>

#include "base/json.h"
#include "values/splice.h"

// Values as a tree, and the same changes of it as those of the text.
namespace values {

base::Json const* at(base::Json const& tree, Path const&);  // nothing if it is not there
void erase(base::Json& tree, Path const&, std::string const& keep);
void set(base::Json& tree, Path const&, base::Json value);
bool same(base::Json const&, base::Json const&);  // members in any order

// "coderd.replicas", and back. A dot within a key is told apart from those between keys.
std::string name_of(Path const&);
Path path_of(std::string const& name);
std::string shown(std::string const& name);  // with its dots as they are written

}  // namespace values
