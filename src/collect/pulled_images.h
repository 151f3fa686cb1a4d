#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "base/json.h"
#include "clients/kubernetes.h"
#include "state/rehearsal.h"

namespace collect {

// Images that pods with these fields of a PodSpec (where they may run, what they pull with) are made of.
struct Pull {
  base::Json placement;
  std::vector<std::string> images;
};

struct PullQuestion {
  clients::Access access;
  std::string name_space;                                  // of the release
  std::vector<Pull> pulls;                                 // a pod each
  std::function<bool(std::string const& question)> agree;  // of a person
  std::function<void(std::string const& sentence)> tell;   // what is left behind
  std::chrono::seconds limit = std::chrono::minutes(5);    // for all
};

// The fields of a PodSpec that decide from where and with what its images are pulled.
base::Json placement_of(base::Json const& pod_spec);

// Has short-lived pods pull these images, running nothing in them, and keeps what came of it: what a node pulled is accepted,
// what it could not is rejected with the kubelet's words. What is not decided in time, or that nobody agreed to, is not
// verified.
void pull(std::vector<state::Image>&, PullQuestion const&);

}  // namespace collect
