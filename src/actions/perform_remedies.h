#pragma once

#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "actions/plan.h"
#include "actions/remedies.h"
#include "rehearsal/rehearse.h"
#include "report/report.h"

namespace actions {

// A remedy that is not done, with the exit code that it means.
struct Refused : std::runtime_error {
  Refused(std::string const& sentence, report::Exit code) : std::runtime_error(sentence), exit(code) {}
  report::Exit exit;
};

// The chosen remedies on what is there, and the layer in which the upgrade has to be rehearsed with them.
struct Remedies {
  std::vector<Remedy> all;
  rehearsal::Layer start;
};

// `first`: what a rehearsal without remedies saw. `base`: the release JSON that Helm compares with, null if there is none.
// Reads and dry runs only. Throws Refused.
Remedies find_remedies(Choice const&, state::Request const&, rehearsal::Rehearsed const& first, base::Json const& base,
                       clients::Kubernetes&);

// Every object of a manifest, where the API server knows its kind.
std::vector<Object> objects_of(base::Json const& release, std::string const& name_space, clients::Kubernetes&);

// The objects that a manifest itself annotates to be kept, as key_of() names them.
std::set<std::string> kept_by(base::Json const& release, std::string const& name_space);

// What the run that was rehearsed writes, or deletes; each object once.
std::vector<Object> touched_by(rehearsal::Rehearsed const&, bool deleted);

}  // namespace actions
