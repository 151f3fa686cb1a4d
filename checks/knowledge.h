#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/semver.h"
#include "state/knowledge.h"
#include "state/release.h"

namespace checks {

// What checks/knowledge/*.yaml say, read when it is first asked for.
state::Knowledge const& knowledge();

// The names of the files there.
std::vector<std::string> knowledge_files();

// The knowledge of these texts, by the names of their files; what is not given is as it is built in. Nothing if one is not
// of the shape that it should have, and in `why` the file, the place and the reason.
std::optional<state::Knowledge> read_knowledge(std::map<std::string, std::string> const& given, std::string* why);

// Whether a version is this one of the knowledge or comes after it; never after an empty one.
bool at_or_after(base::Version const&, std::string const& since);

// What is known about this version, or nothing.
state::KnownRelease const* known_release(state::Knowledge const&, base::Version const&);

// The entry that stands for this key of the values: itself or the nearest branch above; nothing if the key is as it
// was.
state::RenamedKey const* renamed_key(state::Knowledge const&, std::string_view key);

// The name under which the key goes on, empty if it has no successor.
std::string new_name(state::RenamedKey const&, std::string_view key);

enum class Fate { taken, ignored, refused };

// What a chart of this version does with a value (JSON text of a leaf) under the key.
Fate fate_of(state::RenamedKey const&, std::string_view key, std::string_view value, base::Version const&);

// A leaf that a template takes for "no": false, 0, "", null, [] and {}.
bool is_empty_value(std::string_view json);

// Whether this value is set, or anything below it.
bool is_set(state::Values const&, std::string_view key);

}  // namespace checks
