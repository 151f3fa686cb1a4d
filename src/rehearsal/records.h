#pragma once

#include <set>
#include <string>

#include "base/json.h"
#include "rehearsal/path.h"

// Helm lists the records of a release whole, hundreds of megabytes where many are kept, and looks into a few of them. It is
// shown those; of the others only what stands in their metadata.
namespace rehearsal {

bool is_helm_record(Key const&);
bool lists_records(Target const& collection);

// Of a list of records' metadata, the names of those that Helm looks into: the last of each release and, of all, those with
// a status other than superseded and failed. Source: pkg/action/upgrade.go, pkg/storage/storage.go.
std::set<std::string> looked_into(base::Json const& list);

// A record that holds what its metadata tell. `kind`: Secret or ConfigMap.
base::Json outline_of(base::Json const& metadata, std::string const& kind);

}  // namespace rehearsal
