#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "actions/diagnosis.h"
#include "actions/plan_recover.h"
#include "clients/kubernetes.h"
#include "collect/release.h"
#include "rehearsal/rehearse.h"
#include "rehearsal/rehearser.h"

namespace actions {

// What trying ways out needs.
struct Scout {
  state::Request const& request;
  state::Release const& release;
  collect::Records const& records;
  Diagnosis const& seen;
  std::string helm_version;
  rehearsal::Rehearser& rehearser;
  clients::Kubernetes& api;
  std::vector<std::string> helm_flags;  // as the person gave them
  std::string backup;                   // the folder of the backup to be: files there are named in what Helm will run
  std::function<std::optional<std::string>(std::string const& version, std::string* why)> pull;  // the chart's archive
  std::function<std::string(std::string const& content)> share;  // the path of a file in memory that Helm can read
};

// The ways out, the least invasive first, each with how to try it in the rehearsal. Trying changes nothing.
struct Trail {
  std::string name;
  std::function<WayOut()> walk;
};
std::vector<Trail> ways_out(Scout const&);

// The record of the last revision, as it has to be found when it is marked failed. Nothing where it needs no mark.
std::optional<FailRecord> stale_record(Scout const&);

// The objects of a deployed revision that are not there, as "Service/d".
std::vector<std::string> missing_objects(base::Json const& release, std::string const& name_space, clients::Kubernetes&);

}  // namespace actions
