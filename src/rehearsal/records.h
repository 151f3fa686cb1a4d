#pragma once

#include <set>
#include <string>
#include <string_view>

#include "base/json.h"
#include "rehearsal/path.h"

// Helm lists the records of a release whole, hundreds of megabytes where many are kept, and looks into a few of them. It is
// shown those; of the others only what stands in their metadata.
namespace rehearsal {

bool is_helm_record(Key const&);

// The name of a record in a body that is no JSON, as newer Helms send theirs; empty if none stands there.
std::string record_name_in(std::string_view body);

bool lists_records(Target const& collection);

std::string kind_of_record(std::string_view resource);  // "secrets" → "Secret"

// The query of a list of records, without the status: one list answers all that Helm asks about a release.
std::string query_of_all(Target const& collection);

// Of a list of records' metadata, the names of those that Helm looks into: the last of each release, the one that it would
// roll back to and, of all, those with a status other than superseded and failed. The others it reads only before it deletes
// them. Source: pkg/action/upgrade.go, pkg/storage/storage.go.
std::set<std::string> looked_into(base::Json const& list);

// A record that holds what its metadata tell. `kind`: Secret or ConfigMap.
base::Json outline_of(base::Json const& metadata, std::string const& kind);

}  // namespace rehearsal
