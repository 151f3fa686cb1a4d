#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "render/report.h"
#include "values/migration.h"

namespace render {

// Which values were migrated, and to what.
struct Migrated {
  values::Migration const& migration;
  std::string name;    // of the file, or "the values of release coder"
  std::string target;  // "1.28.7"
  std::string done;    // where the result went, a sentence; may be empty
  std::string next;    // the command that goes on; may be empty
};

// What was changed and why, or why nothing was, for a person. Holds no value.
std::string migration_words(Migrated const&, Look);

base::Json migration_json(Migrated const&);

}  // namespace render
