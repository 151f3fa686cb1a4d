#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/json.h"
#include "clients/kubernetes.h"
#include "state/release.h"
#include "state/request.h"
#include "state/seen.h"

namespace collect {

// Where Helm keeps the records of a release.
struct Records {
  std::string release, name_space;
  bool config_maps = false;  // HELM_DRIVER=configmap
};

// As HELM_DRIVER says; Unknown for a driver whose records are not in the cluster (sql, memory).
state::Seen<Records> records_of(state::Request const&);

// One record as it is in the cluster. It holds what the person set, secrets among it: never put it into the state.
struct Record {
  int revision = 0;
  base::Json object;   // the Secret or ConfigMap
  base::Json release;  // what Helm put into it: info, chart, config, manifest, …
  std::string resource_version, uid;
};

std::string path_of(Records const&, int revision);  // in the API

// Nothing and a reason if there is none, or it may not be read, or does not decode.
std::optional<Record> read_record(clients::Kubernetes&, Records const&, int revision, std::string* why);

// The revision whose manifest Helm compares the new one with, by Helm's own rule (3.21 and 4.2, pkg/action/upgrade.go):
// the newest deployed, else the last if that failed or was superseded. A pending last counts as failed, which is what
// recovery makes of it. 0: none.
int base_of(std::vector<state::Revision> const&);

struct FoundRelease {
  state::Seen<state::Release> seen;
  std::optional<Record> base;  // the record of the base, where it can be read
};

constexpr int usual_details = 10;

// Reads the list of revisions, and the records of the base and of the last `details` of them; of the others only what the
// list tells. The record of `likely_base`, where that is not 0, is read beside the list: if it is the base, that saves one
// wait for the API server.
FoundRelease release(clients::Kubernetes&, state::Request const&, int details = usual_details, int likely_base = 0);

// What the list does not tell of the last revisions, for who went on with the base and the last one (`details` 1).
void add_details(clients::Kubernetes&, state::Release&, Records const&, int details = usual_details);

}  // namespace collect
